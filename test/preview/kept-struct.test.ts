import fc from "fast-check";
import type * as resourceProto from "@pulumi/pulumi/proto/resource_pb";
import { keepObjects } from "../../preview/foreign/child/kept-struct";

type Struct = NonNullable<ReturnType<resourceProto.RegisterResourceRequest["getObject"]>>;
interface Protos {
  readonly Struct: { fromJavaScript(object: object): Struct };
  readonly RegisterResourceRequest: typeof resourceProto.RegisterResourceRequest;
}

/** A copy of its own of what both classes are in. */
function protos(keep: boolean): Protos {
  let found: Protos | undefined;
  jest.isolateModules(() => {
    const struct = jest.requireActual<Record<string, unknown> & Pick<Protos, "Struct">>(
      "google-protobuf/google/protobuf/struct_pb.js",
    );
    if (keep) expect(keepObjects(struct)).toBe(true);
    const { RegisterResourceRequest } = jest.requireActual<typeof resourceProto>("@pulumi/pulumi/proto/resource_pb");
    found = { Struct: struct.Struct, RegisterResourceRequest };
  });
  if (found === undefined) throw new Error("no module");
  return found;
}

const kept = protos(true);
const plain = protos(false);

const object = fc.dictionary(
  fc.string().filter((name) => name !== "__proto__"),
  fc.jsonValue({ maxDepth: 4 }).filter((value) => !JSON.stringify(value).includes("__proto__")),
);

function sent({ Struct, RegisterResourceRequest }: Protos, value: object): Uint8Array {
  const request = new RegisterResourceRequest();
  request.setName("web");
  request.setObject(Struct.fromJavaScript(value));
  return request.serializeBinary();
}

/** As text: the order of names is part of it. */
const read = ({ Struct }: Protos, value: object): string => JSON.stringify(Struct.fromJavaScript(value).toJavaScript());

describe("a message that keeps its object", () => {
  test("gives what the message gives, names in its order", () => {
    fc.assert(fc.property(object, (each) => expect(read(kept, each)).toBe(read(plain, each))));
    expect(read(kept, { b: { d: 1, c: [{ f: null, e: "x" }] }, a: true })).toBe(
      '{"a":true,"b":{"c":[{"e":"x","f":null}],"d":1}}',
    );
  });

  test("is sent as the message is, whether it was read before or not", () => {
    fc.assert(
      fc.property(object, (each) => {
        expect(sent(kept, each)).toEqual(sent(plain, each));
        const message = kept.Struct.fromJavaScript(each);
        message.toJavaScript();
        expect(message.serializeBinary()).toEqual(plain.Struct.fromJavaScript(each).serializeBinary());
        expect(JSON.stringify(message.toJavaScript())).toBe(read(plain, each));
      }),
    );
  });

  test("knows nothing of what its maker does to the object later", () => {
    const given = { list: [1] };
    const message = kept.Struct.fromJavaScript(given);
    given.list.push(2);
    expect(message.toJavaScript()).toEqual({ list: [1] });
  });

  test.each([[undefined], [() => 1], [1n], [Symbol("a")]])("holds no more than a message can: not %p", (value) => {
    for (const { Struct } of [plain, kept]) {
      expect(() => Struct.fromJavaScript({ value })).toThrow("Unexpected struct type.");
      expect(() => Struct.fromJavaScript({ list: [{ value }] })).toThrow("Unexpected struct type.");
    }
  });

  test.each([
    {},
    { Struct: {} },
    { Struct: Date },
    { Struct: Object.assign(() => ({}), { fromJavaScript: () => ({}) }) },
  ])("is left alone where its class is not as expected", (module) => {
    expect(keepObjects(module)).toBe(false);
  });
});
