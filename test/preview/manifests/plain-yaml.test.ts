import fc from "fast-check";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { parseDocument, stringify } from "yaml";
import { DIALECT } from "../../../preview/manifests/dialect";
import { plainYaml } from "../../../preview/manifests/plain-yaml";

/** What the parser of all YAML reads; undefined: it finds something wrong. */
function parsed(text: string): unknown {
  const document = parseDocument(text, { ...DIALECT, uniqueKeys: true });
  return document.errors.length > 0 ? undefined : (document.toJS() as unknown);
}

/** It leaves a text to the parser, or is of its opinion. */
function agrees(text: string): void {
  const plain = plainYaml(text);
  if (plain !== undefined) expect(plain).toEqual(parsed(text));
}

describe("YAML without its places", () => {
  test("is read as the parser reads it, or left to it, whatever lines follow each other", () => {
    const heads = [
      "",
      "- ",
      "-",
      "- - ",
      "-   ",
      "a:",
      "a: ",
      "b: ",
      '"a": ',
      "'b': ",
      "c:",
      "on: ",
      "1: ",
      "null: ",
      ": ",
      "[a]: ",
      "{ a: 1 }: ",
      "{a: 1}: ",
      "x y: ",
      "<<: ",
      "!t a: ",
      "&x a: ",
      "? ",
      "# ",
    ];
    const values = [
      "",
      "x",
      "x y",
      "x: y",
      "x:",
      "x #y",
      "x#y",
      "# x",
      "'x'",
      "'it''s'",
      '"x"',
      '"x\\ny"',
      "'x",
      '"x" y',
      "|",
      "|-",
    ]
      .concat([">", "|2", "| # x", "[]", "{}", '["a", "b"]', "[a]", "{ a: 1 }", "1", "-1", "0.5", "1e3", "0x1F", "~"])
      .concat([
        "true",
        "No",
        "null",
        "-x",
        "- x",
        "---",
        "--- x",
        "...",
        "&a x",
        "*a",
        "!t x",
        "<<",
        "\tx",
        "x\ty",
        "%x",
      ])
      .concat(["`x", "@x", "a,b", "[x", "x]", "{{ x }}", "é", "😀", "x  ", "__proto__: 1", "constructor: 1"])
      .concat([
        "|1-",
        ">-2",
        "*a *b",
        "x |2",
        "&a",
        "&a [b]",
        "[&a x, *a]",
        "{a: &b c}",
        "{ {a: b}: c }",
        "[{{ x }}]",
        "'{{ x }}'",
        "x {{ y }}",
      ]);
    const line = fc
      .tuple(fc.nat(4), fc.constantFrom(...heads), fc.constantFrom(...values))
      .map(([indent, head, value]) => " ".repeat(indent) + head + value);
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 7 }), fc.boolean(), (lines, ends) =>
        agrees(lines.join("\n") + (ends ? "\n" : "")),
      ),
      { numRuns: Number(process.env["PLAIN_RUNS"] ?? 3000) },
    );
  });

  test("is what any value is written as", () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 80), fc.boolean(), (value, lineWidth, indentSeq) =>
        agrees(stringify(value, { lineWidth, indentSeq })),
      ),
      { numRuns: 300 },
    );
  });

  test("is what the files of tests hold", () => {
    const root = join(__dirname, "../..", "manifests/plain");
    const texts = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => name.endsWith(".yaml"))
      .flatMap((name) => readFileSync(join(root, name), "utf8").split(/^---$/m));
    expect(texts.length).toBeGreaterThan(0);
    texts.forEach(agrees);
  });

  test("has blocks of text, comments, lists right below their key and nothing where nothing is said", () => {
    const text = `# a comment
kind: ConfigMap # and another
metadata:
  name: "web"
  labels: {}
items:
- key: a.conf
  path: it's # here
  modes:   # of these
    - 420
    - - deep
-
- plain text
  - that goes
    on
-   'it''s'
- 'one ''
  two'
- "one
   two"
data:
  a.conf: |
    server {
      listen 80;

      # not a comment
    }

  b: |-
    one
nothing:
list: []
args: ["-c", "a\\nb"]
`;
    expect(plainYaml(text)).toEqual({
      kind: "ConfigMap",
      metadata: { name: "web", labels: {} },
      items: [
        { key: "a.conf", path: "it's", modes: [420, ["deep"]] },
        null,
        "plain text - that goes on",
        "it's",
        "one ' two",
        "one two",
      ],
      data: { "a.conf": "server {\n  listen 80;\n\n  # not a comment\n}\n", b: "one" },
      nothing: null,
      list: [],
      args: ["-c", "a\nb"],
    });
    agrees(text);
  });

  test.each([
    ["a repeated key", "a: 1\na: 2\n"],
    ["an alias", "a: &x 1\nb: *x\n"],
    ["a merge", "a:\n  <<: { b: 1 }\n"],
    ["a template", "a: {{ .Values.name }}\n"],
    ["a key that is a list", "[a, b]: 1\n"],
    ["a key that is nothing", "~: 1\n"],
    ["a text in quotes that does not end", "a: 'one\n  two\nb: 1\n"],
    ["a slip", "a: b: c\n"],
    ["a tab that indents", "a:\n\tb: 1\n"],
    ["a deeper line than its neighbours", "a: 1\n b: 2\n"],
    ["a text alone", "a"],
    ["nothing at all", ""],
  ])("of %s is left to the parser", (_, text) => expect(plainYaml(text)).toBeUndefined());
});
