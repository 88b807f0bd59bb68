import { type Group, PORT, until } from "./group";

/** A group here and a copy of it elsewhere. */
export interface Regions {
  readonly primary: Group;
  readonly copy: Group;
}

/** Writes a key to whoever is master; it must be taken at once. */
export async function write(group: Group, key: string): Promise<void> {
  const client = await group.caller();
  expect(await client?.try(["SET", key, "1"])).toBe("OK");
  client?.close();
}

/** Until every member of a group has a key; half a minute at most. */
export async function has(group: Group, key: string): Promise<void> {
  for (const member of group.members)
    await until(
      async () => {
        const client = await member.client(PORT).catch(() => null);
        const said = await client?.try(["GET", key]);
        client?.close();
        return said === "1" ? true : null;
      },
      30,
      () => `${key} is not in ${member.host}: ${member.log}`,
    );
}

/** Names of those of all groups that take writes. */
export async function writables(...groups: readonly Group[]): Promise<readonly string[]> {
  return (await Promise.all(groups.map((each) => each.writable()))).flat().map(({ name }) => name);
}

/** The line between the regions falls silent: the copy's first member is who holds it. */
export function cut({ primary, copy }: Regions): void {
  for (const member of primary.members) for (const other of copy.members) primary.relayOf(member)?.silence(other.host);
  // Scripts ask from an address that all share: to them the relay of the primary is gone.
  for (const member of primary.members) primary.relayOf(member)?.silence("127.0.0.1");
}
