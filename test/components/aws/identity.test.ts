import { keyOf } from "../../../components/aws/identity.read";
import { bareResource, resourceGraph, type Resource } from "../../../model";

function bucket(parents: string, parent: string | null): Resource {
  const urn = `urn:pulumi:s::p::${parents}aws:s3/bucket:Bucket::files`;
  const files = { urn, type: "aws:s3/bucket:Bucket", name: "files", inputs: { region: "us-east-1" } };
  return { ...bareResource(files), parent };
}

const keysOf = (...resources: readonly Resource[]): readonly string[] => {
  const graph = resourceGraph(resources);
  return graph.resources.map((resource) => keyOf("bucket", graph, resource));
};

test("a resource alone is called by its own name, whatever its parent is", () => {
  expect(keysOf(bucket("a:b:Site$", "urn:pulumi:s::p::a:b:Site::web"))).toEqual(["bucket/files/us-east-1"]);
});

test("children of one type and name in components of two types have keys of their own", () => {
  const one = bucket("a:b:Site$", "urn:pulumi:s::p::a:b:Site::web");
  expect(keysOf(one, bucket("a:b:Store$", "urn:pulumi:s::p::a:b:Store::shop"))).toEqual([
    "bucket/web.files/us-east-1",
    "bucket/shop.files/us-east-1",
  ]);
  expect(keysOf(one, bucket("a:b:Store$", "urn:pulumi:s::p::a:b:Store::web"))).toEqual([
    "bucket/Site-web.files/us-east-1",
    "bucket/Store-web.files/us-east-1",
  ]);
  expect(keysOf(one, bucket("", null))).toEqual(["bucket/web.files/us-east-1", "bucket/files/us-east-1"]);
});
