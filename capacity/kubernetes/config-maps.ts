import type { ReplicaGroup } from "../../model";

/** Settings that are keys of ConfigMaps, as a Part has them; nothing where there are none. */
export function configMapsOf({
  configMaps = {},
}: {
  readonly configMaps?: Readonly<Record<string, string>>;
}): Pick<ReplicaGroup, "configMaps"> {
  const found = Object.entries(configMaps)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, reference]) => {
      const [map = "", key = name] = reference.split("/");
      return { name, map, key };
    });
  return found.length === 0 ? {} : { configMaps: found };
}
