import type { Resource } from "../../model";
import { resourcesIn } from "./harness/preview-document";
import { programIn, startProgram } from "./harness/program-run";
import { engineSuite } from "./harness/suite";

const transforming = `
const aws = require("@pulumi/aws");
const pulumi = require("@pulumi/pulumi");

const saying = (word) => ({ type, props, opts }) =>
  type === "aws:sns/topic:Topic" ? { props: { ...props, displayName: (props.displayName ?? "") + word }, opts } : undefined;
pulumi.runtime.registerResourceTransform(saying(" stack"));
pulumi.runtime.registerResourceTransform(saying(" stack-too"));

class Box extends pulumi.ComponentResource {
  constructor(name, opts, build) {
    super("shop:index:Box", name, {}, opts);
    build({ parent: this });
  }
}

const key = new aws.kms.Key("key", { description: "of the topics" });
const west = new aws.Provider("west", { region: "us-west-2" });

// From the inside out, and in the order they were given.
new Box("outer", { transforms: [saying(" outer")] }, (outer) => {
  new Box("inner", { ...outer, transforms: [saying(" inner"), saying(" inner-too")] }, (inner) => {
    new aws.sns.Topic("ordered", { displayName: "own:" }, { ...inner, transforms: [saying(" own"), saying(" own-too")] });
  });
});

// What comes from elsewhere, and is not known yet: a later transform sees it as what it is.
new aws.sns.Topic("derived", { tags: { a: "1" } }, {
  transforms: [
    ({ props, opts }) => ({ props: { ...props, kmsMasterKeyId: key.arn }, opts }),
    ({ props, opts }) => ({ props: { ...props, tags: { ...props.tags, key: pulumi.interpolate\`of \${props.kmsMasterKeyId}\` } }, opts }),
  ],
});
new aws.sns.Topic("taken", { kmsMasterKeyId: key.arn, policy: pulumi.secret("hidden") }, {
  transforms: [async ({ props, opts }) => ({ props: { displayName: "nothing of the key", policy: props.policy }, opts })],
});
new aws.sns.Topic("other", { kmsMasterKeyId: key.arn, policy: key.keyId }, {
  transforms: [({ props, opts }) => ({ props: { ...props, kmsMasterKeyId: "alias/plain" }, opts })],
});
new aws.ssm.Parameter("untouched", { type: "String", name: "/a", value: key.arn }, { transforms: [() => undefined] });
new aws.ssm.Parameter("returned", { type: "String", name: "/b", value: key.arn }, { transforms: [({ props, opts }) => ({ props, opts })] });
new aws.ssm.Parameter("plain", { type: "String", name: "/c", value: key.arn });

// Options.
new aws.sns.Topic("options", {}, {
  transforms: [
    ({ props, opts }) => ({
      props,
      opts: pulumi.mergeOptions(opts, {
        protect: true, dependsOn: [key], ignoreChanges: ["tags"], replaceOnChanges: ["displayName"],
        provider: west, aliases: [{ name: "former" }],
      }),
    }),
  ],
});
new Box("guarded", { protect: true, transforms: [({ props, opts }) => ({ props, opts: { ...opts, protect: false } })] }, (box) => {
  new aws.sns.Topic("of-guarded", {}, box);
});
new Box("elsewhere", { transforms: [({ custom, props, opts }) => ({ props, opts: custom ? opts : { ...opts, providers: { aws: west } } })] }, (box) => {
  new aws.sns.Topic("of-elsewhere", {}, box);
});
`;

engineSuite("a program that knows nothing of nines: nines preview -C lists what the engine does", () => {
  test("transforms, in their order, over values that are not known yet, and over options", async () => {
    const run = await startProgram(programIn({ "index.js": transforming }), "dev");
    try {
      const listed = resourcesIn(await run.engine.previewDocument("--show-sames"));
      const recorded = await run.recorded();
      expect(recorded.map(withoutOrigins)).toEqual(listed.map(withoutOrigins));
      // Where a value comes from, the engine forgets once a transform answers; recorded, what is left unknown still tells.
      const origins = new Map(recorded.map(({ name, propertyDependencies }) => [name, propertyDependencies]));
      const key = recorded.find(({ name }) => name === "key")?.urn;
      for (const { name, propertyDependencies } of listed)
        if (Object.keys(propertyDependencies).length > 0) expect(origins.get(name)).toEqual(propertyDependencies);
      expect(origins.get("other")).toEqual({ policy: [key] });
      expect(origins.get("taken")).toEqual({});
    } finally {
      run.end();
    }
  });
});

/** Former names are the engine's business too: it says nothing of those that nobody bore. */
function withoutOrigins({ propertyDependencies, aliases, ...resource }: Resource): object {
  return (void propertyDependencies, void aliases, resource);
}
