/** Type of the stack's own resource, which is no part of its children's URNs. */
export const STACK_TYPE = "pulumi:pulumi:Stack";

/** Type of what reads another stack's outputs. */
export const STACK_REFERENCE = "pulumi:pulumi:StackReference";

interface Place {
  readonly stack: string;
  readonly project: string;
  readonly type: string;
  readonly name: string;
  /** URN; empty: none. */
  readonly parent: string;
}

/** As the engine forms it: the parent's types are part of it, except the stack's own. */
export function urnOf({ stack, project, type, name, parent }: Place): string {
  const parentType = parent === "" ? "" : (parent.split("::")[2] ?? "");
  const qualified = parentType === "" || parentType === STACK_TYPE ? type : `${parentType}$${type}`;
  return `urn:pulumi:${stack}::${project}::${qualified}::${name}`;
}

/** What an alias says; what it leaves out is as the resource is now. */
interface AliasSpec {
  getName(): string;
  getType(): string;
  getStack(): string;
  getProject(): string;
  getParenturn(): string;
  getNoparent(): boolean;
}

/** The URN that an alias means. */
export function urnOfAlias(alias: AliasSpec, now: Place): string {
  const or = (said: string, own: string): string => (said === "" ? own : said);
  return urnOf({
    stack: or(alias.getStack(), now.stack),
    project: or(alias.getProject(), now.project),
    type: or(alias.getType(), now.type),
    name: or(alias.getName(), now.name),
    parent: alias.getNoparent() ? "" : or(alias.getParenturn(), now.parent),
  });
}

/** Where a child stood while its parent had another URN: a name that begins with its parent's began with the former one. */
export function underFormerParent(urn: string, parentName: string, formerParent: string): string {
  const [head = "", project = "", types = "", ...rest] = urn.split("::");
  const name = rest.join("::");
  const formerName = formerParent.split("::").slice(3).join("::");
  const named = parentName !== "" && name.startsWith(parentName) ? formerName + name.slice(parentName.length) : name;
  return urnOf({
    stack: head.replace("urn:pulumi:", ""),
    project,
    type: types.split("$").at(-1) ?? types,
    name: named,
    parent: formerParent,
  });
}
