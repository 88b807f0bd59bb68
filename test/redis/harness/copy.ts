import { type Group, PORT, until } from "./group";

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
