import { printable, withoutSecrets } from "../../model";

describe("printable", () => {
  test("a secret is a word, wherever it lies", () => {
    expect(printable({ a: [{ secure: "v1:x" }], b: { $unknown: "secret" }, c: 1 })).toEqual({
      a: ["(secret)"],
      b: "(secret)",
      c: 1,
    });
  });

  test("ciphertext is a word in any text, key or value; a tag that looks a little like it is not", () => {
    const ciphertext = "v1:x0S0SNkBcn4EYLJw:bm90";
    expect(printable({ [`a ${ciphertext}`]: `secure: ${ciphertext}` })).toEqual({ "a (secret)": "secure: (secret)" });
    expect(printable("registry.example.com/embedding-v1:stable")).toBe("registry.example.com/embedding-v1:stable");
  });

  test("what JSON cannot hold is a word, and what has no end ends", () => {
    const ring: Record<string, unknown> = {};
    ring["self"] = ring;
    expect(() => JSON.stringify(printable(ring))).not.toThrow();
    expect(printable([NaN, Infinity, 1n, () => 1])).toEqual(["NaN", "Infinity", "(bigint)", "(function)"]);
  });
});

describe("withoutSecrets", () => {
  test("takes a secret out of its mapping, and a list that holds one out whole", () => {
    const value = { a: { secure: "v1:x" }, b: { c: 1, d: { secure: "v1:y" } }, e: [1, { f: { secure: "v1:z" } }] };
    expect(withoutSecrets(value)).toEqual({ rest: { b: { c: 1 } }, at: [["a"], ["b", "d"], ["e", 1, "f"]] });
  });

  test("leaves all else as it is", () => {
    const value = { a: [1, null, { b: "secure" }] };
    expect(withoutSecrets(value)).toEqual({ rest: value, at: [] });
  });
});
