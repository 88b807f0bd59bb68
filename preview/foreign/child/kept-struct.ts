/** What matters here of the class of messages that hold an object of JSON, in the program's own copy of protobuf. */
interface StructClass {
  new (): { toJavaScript(): object; getFieldsMap(...given: readonly unknown[]): Fields };
  fromJavaScript(object: object): InstanceType<StructClass>;
}

interface Fields {
  forEach(each: (value: unknown, name: string) => void): void;
  set(name: string, value: unknown): unknown;
}

/**
 * Has such a message keep the object that it was made of, and take it apart only where somebody sends it: to build one goes through each level of the object
 * once for every level above it, and what stays in one process is sent by nobody.
 * @param module google/protobuf/struct_pb
 * @returns whether it is as expected
 */
export function keepObjects(module: Readonly<Record<string, unknown>>): boolean {
  const { Struct } = module;
  if (!isStructClass(Struct)) return false;
  const apart = Struct.fromJavaScript.bind(Struct);
  class Kept extends Struct {
    #object: object | undefined;

    constructor(object: object) {
      super();
      this.#object = object;
    }

    override toJavaScript(): object {
      return this.#object ?? super.toJavaScript();
    }

    /** Whoever sends it, or looks into it, comes by here. */
    override getFieldsMap(...given: readonly unknown[]): Fields {
      const object = this.#object;
      if (object === undefined) return super.getFieldsMap(...given);
      this.#object = undefined;
      const fields = super.getFieldsMap();
      apart(object)
        .getFieldsMap()
        .forEach((value, name) => fields.set(name, value));
      return fields;
    }
  }
  Struct.fromJavaScript = (object) => new Kept(copied(object) as object);
  return true;
}

function isStructClass(found: unknown): found is StructClass {
  if (typeof found !== "function") return false;
  const { fromJavaScript, prototype = {} } = found as Partial<StructClass> & { readonly prototype?: object };
  return typeof fromJavaScript === "function" && "toJavaScript" in prototype && "getFieldsMap" in prototype;
}

/** As it would come out of the message again: names in order. @throws Error, in the message's own words, for what it cannot hold */
function copied(value: unknown): unknown {
  if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    return value;
  if (Array.isArray(value)) return Array.from(value, copied);
  if (typeof value !== "object") throw new Error("Unexpected struct type.");
  const copy: Record<string, unknown> = {};
  const names: string[] = [];
  for (const name in value) names.push(name);
  for (const name of names.sort()) copy[name] = copied((value as Readonly<Record<string, unknown>>)[name]);
  return copy;
}
