import { bareResource, type Inputs, type Resource, type Value } from "../../model";

/**
 * The providers that an engine adds for resources that name none, configured by `<package>:<key>`: they tell the region of all that say none.
 * @param config By full key, as Pulumi hands it over.
 */
export function withDefaultProviders(
  resources: readonly Resource[],
  given: { readonly project: string; readonly stack: string; readonly config: Readonly<Record<string, string>> },
): readonly Resource[] {
  const added = new Map<string, Resource>();
  const provided = resources.map((resource): Resource => {
    const pack = resource.type.slice(0, resource.type.indexOf(":"));
    if (!resource.custom || resource.provider !== undefined || pack === "pulumi" || pack === "pulumi-nodejs")
      return resource;
    const type = `pulumi:providers:${pack}`;
    const urn = `urn:pulumi:${given.stack}::${given.project}::${type}::default`;
    if (!added.has(urn))
      added.set(urn, bareResource({ urn, type, name: "default", inputs: inputsOf(pack, given.config) }));
    return { ...resource, provider: urn };
  });
  return [...provided, ...added.values()].sort((a, b) => (a.urn < b.urn ? -1 : a.urn > b.urn ? 1 : 0));
}

function inputsOf(pack: string, config: Readonly<Record<string, string>>): Inputs {
  return Object.fromEntries(
    Object.keys(config)
      .filter((key) => key.startsWith(`${pack}:`))
      .sort()
      .map((key) => [key.slice(pack.length + 1), valueOf(config[key] ?? "")]),
  );
}

/** Structured configuration is JSON; all else is text. */
function valueOf(text: string): Value {
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.parse(text) as Value;
  } catch {
    return text;
  }
}
