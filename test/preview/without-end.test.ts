import { MistakesError } from "../../model";
import { readDemand } from "../../preview/demand-file";
import { programFile } from "../../preview/program-file";

async function slips(text: string): Promise<readonly string[]> {
  const failed: unknown = await readDemand("demand.yaml", text).catch((error: unknown) => error);
  if (!(failed instanceof MistakesError)) throw failed;
  return failed.mistakes.map(({ key, allowed }) => `${key}: ${allowed}`);
}

function exported(depth: number): string {
  const tags = "[".repeat(depth) + "]".repeat(depth);
  const urn = "urn:pulumi:prod::shop::aws:s3/bucket:Bucket::a";
  return `{"version":3,"deployment":{"resources":[{"urn":"${urn}","type":"aws:s3/bucket:Bucket","custom":true,"inputs":{"tags":${tags}}}]}}`;
}

describe("what has no end is said in a sentence", () => {
  test("an alias that stands inside what it names", async () => {
    expect(await slips("workloads: &a { app: *a }")).toEqual([
      "YAML: this cannot be read: the alias at workloads.app stands inside what it names, so it has no end",
    ]);
  });

  test("lists in lists in lists", () => {
    // A resource stands five deep in an export, its tags six.
    expect(programFile(exported(490))).toMatchObject({ ok: true, file: { resources: [{ name: "a" }] } });
    expect(programFile(exported(20_000))).toEqual({
      ok: false,
      is: "is nested more than 500 deep, which no stack is",
    });
  });
});
