import type { Resource } from "../../model";
import type { Recording } from "../../preview/record";
import { aProgram, type AProgram } from "./a-program";

function named({ resources }: Recording, name: string): Resource {
  const found = resources.find((resource) => resource.name === name);
  if (!found) throw new Error(`${name} is missing among ${resources.map((resource) => resource.name).join(", ")}`);
  return found;
}

let program: AProgram | undefined;
afterEach(() => program?.delete());

describe("a project that knows nothing of nines", () => {
  test("is run as it is: TypeScript, configuration of its stack, inputs and where they come from", async () => {
    program = aProgram({
      "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n  shop:size: 3\n",
      "index.ts": `
        import * as aws from "@pulumi/aws";
        import * as pulumi from "@pulumi/pulumi";
        const size: string = new pulumi.Config().requireNumber("size"); // a slip of types is the compiler's to find
        const topic = new aws.sns.Topic("orders", { tags: { size: \`\${size}\` } });
        const elsewhere = new aws.Provider("elsewhere", { region: "us-west-2" });
        const mail = new aws.sns.TopicSubscription("mail", { topic: topic.arn, protocol: "email", endpoint: "a@example.com" }, { provider: elsewhere });
        export const arn = topic.arn;
        export const stack = pulumi.getStack();
      `,
    });
    const recording = await program.record();
    expect(recording.resources.map(({ type, name }) => `${type} ${name}`)).toEqual([
      "aws:sns/topic:Topic orders",
      "aws:sns/topicSubscription:TopicSubscription mail",
      "pulumi:providers:aws default",
      "pulumi:providers:aws elsewhere",
      "pulumi:pulumi:Stack shop-dev",
    ]);
    const topic = named(recording, "orders");
    expect(topic.inputs).toEqual({ tags: { size: "3" } });
    expect(topic.provider).toBe(named(recording, "default").urn);
    expect(named(recording, "default").inputs).toEqual({ region: "eu-west-1" });
    const mail = named(recording, "mail");
    expect(mail.inputs).toEqual({ topic: { $unknown: "after-deploy" }, protocol: "email", endpoint: "a@example.com" });
    expect(mail.propertyDependencies).toEqual({ topic: [topic.urn] });
    expect(mail.provider).toBe(named(recording, "elsewhere").urn);
    expect(recording.outputs).toEqual({ arn: { $unknown: "after-deploy" }, stack: "dev" });
  });

  test("is JavaScript, an ES module, in a folder of its own", async () => {
    program = aProgram({
      "Pulumi.yaml": "name: shop\nruntime: nodejs\nmain: app/\n",
      "app/package.json": '{ "type": "module", "main": "start.js" }',
      "app/start.js": `import * as random from "@pulumi/random";
        import { writeFileSync, existsSync } from "node:fs";
        export const here = existsSync("package.json");
        export const id = new random.RandomId("a", { byteLength: 2 }).byteLength;`,
    });
    const recording = await program.record();
    expect(recording.outputs).toEqual({ here: true, id: 2 });
    expect(named(recording, "a").inputs).toEqual({ byteLength: 2 });
  });

  test("asks for what no preview needs, and gets it all the same", async () => {
    program = aProgram({
      "index.js": `
        const pulumi = require("@pulumi/pulumi");
        const before = Object.keys(require.cache).some((file) => /automation.localWorkspace\\.js$/.test(file));
        const { LocalWorkspace } = require("@pulumi/pulumi/automation");
        exports.before = before;
        exports.same = pulumi.automation.LocalWorkspace === LocalWorkspace && typeof LocalWorkspace === "function";
        exports.names = Object.keys(pulumi.automation).includes("Stack");`,
    });
    const { outputs } = await program.record();
    expect(outputs).toEqual({ before: false, same: true, names: true });
  });

  test("reads, calls and other stacks are answered without asking anybody, and listed", async () => {
    program = aProgram({
      "index.ts": `
        import * as aws from "@pulumi/aws";
        import * as pulumi from "@pulumi/pulumi";
        const ami = await_(aws.ec2.getAmi({ mostRecent: true, owners: ["amazon"] }));
        const elsewhere = new aws.Provider("elsewhere", { region: "eu-central-1" });
        const zones = aws.getAvailabilityZonesOutput({}, { provider: elsewhere });
        const vpc = aws.ec2.Vpc.get("shared", "vpc-123");
        const network = new pulumi.StackReference("acme/network/prod");
        new aws.ec2.Subnet("a", { vpcId: vpc.id, availabilityZone: zones.names[1], cidrBlock: vpc.cidrBlock, tags: { ami, group: network.requireOutput("group").apply((id) => "g-" + id), owner: aws.ebs.getDefaultKmsKeyOutput().apply((key) => key.keyArn) } });
        function await_(found: Promise<{ id: string }>): pulumi.Output<string> { return pulumi.output(found).id; }
      `,
    });
    const recording = await program.record("dev", { config: { "aws:region": "eu-west-1" } });
    expect(named(recording, "a").inputs).toEqual({
      vpcId: "vpc-123",
      availabilityZone: "eu-central-1b",
      cidrBlock: { $unknown: "after-deploy" },
      tags: { ami: "ami-stand-in", group: { $unknown: "after-deploy" }, owner: { $unknown: "after-deploy" } },
    });
    expect(recording.calls.map(({ token, answered }) => `${token.split(":").at(-1)} ${answered}`).sort()).toEqual([
      "StackReference false",
      "getAmi true",
      "getAvailabilityZones true",
      "getDefaultKmsKey false",
    ]);
    expect(recording.reads.map(({ type, name }) => `${type} ${name}`)).toEqual([
      "aws:ec2/vpc:Vpc shared",
      "pulumi:pulumi:StackReference acme/network/prod",
    ]);
  });

  test("transforms, hooks, dynamic providers and remote components are taken as they come", async () => {
    program = aProgram({
      "index.ts": `
        import * as pulumi from "@pulumi/pulumi";
        import * as random from "@pulumi/random";
        pulumi.runtime.registerResourceTransform((args) =>
          args.type === "random:index/randomId:RandomId" ? { props: { ...args.props, prefix: "all" }, opts: args.opts } : undefined);
        class Box extends pulumi.ComponentResource {
          constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
            super("shop:index:Box", name, {}, opts);
            new random.RandomId("inner", { byteLength: 1 }, { parent: this });
          }
        }
        new Box("box", { transforms: [async (args) => ({ props: { ...args.props, ...(args.custom ? { byteLength: 9 } : {}) }, opts: pulumi.mergeOptions(args.opts, { protect: true }) })] });
        const hook = new pulumi.ResourceHook("after", async () => { throw new Error("never in a preview"); });
        new random.RandomId("hooked", { byteLength: 1 }, { hooks: { afterCreate: [hook] } });
        class Row extends pulumi.dynamic.Resource {
          constructor(name: string) {
            super({ create: async () => ({ id: "1", outs: {} }) }, name, { table: "orders" });
          }
        }
        new Row("row");
        class Remote extends pulumi.ComponentResource {
          constructor(name: string) {
            super("crosswalk:net:Vpc", name, { zones: 3 }, {}, true);
          }
        }
        new Remote("net");
      `,
    });
    const recording = await program.record();
    expect(named(recording, "inner").inputs).toEqual({ byteLength: 9, prefix: "all" });
    expect(named(recording, "inner").protect).toBe(true);
    expect(named(recording, "hooked").inputs).toEqual({ byteLength: 1, prefix: "all" });
    expect(named(recording, "row")).toMatchObject({
      type: "pulumi-nodejs:dynamic:Resource",
      inputs: { table: "orders" },
    });
    expect(named(recording, "net")).toMatchObject({ type: "crosswalk:net:Vpc", remote: true, inputs: { zones: 3 } });
  });

  test("a transform hands its options on to the next, and what it takes away or says outright comes from nowhere", async () => {
    program = aProgram({
      "index.ts": `
        import * as aws from "@pulumi/aws";
        import * as pulumi from "@pulumi/pulumi";
        pulumi.runtime.registerResourceTransform(({ props, opts }) => ({ props, opts }));
        const key = new aws.kms.Key("key", { description: "of topics" });
        new aws.sns.Topic("options", {}, {
          transforms: [({ props, opts }) => ({ props, opts: { ...opts, deleteBeforeReplace: true, import: "arn:of:it", aliases: [{ name: "former" }] } })],
        });
        new aws.sns.Topic("kept", {}, { import: "arn:of:this", aliases: [{ name: "once" }] });
        new aws.sns.Topic("changed", { displayName: key.id, kmsMasterKeyId: key.arn, policy: key.keyId }, {
          transforms: [({ props: { displayName, ...props }, opts }) => ({ props: { ...props, kmsMasterKeyId: "alias/own" }, opts })],
        });
      `,
    });
    const recording = await program.record();
    const former = (name: string): readonly string[] => [`urn:pulumi:dev::shop::aws:sns/topic:Topic::${name}`];
    expect(named(recording, "options")).toMatchObject({
      deleteBeforeReplace: true,
      importId: "arn:of:it",
      aliases: former("former"),
    });
    expect(named(recording, "kept")).toMatchObject({
      deleteBeforeReplace: false,
      importId: "arn:of:this",
      aliases: former("once"),
    });
    expect(named(recording, "changed").inputs).toEqual({
      kmsMasterKeyId: "alias/own",
      policy: { $unknown: "after-deploy" },
    });
    expect(named(recording, "changed").propertyDependencies).toEqual({ policy: [named(recording, "key").urn] });
  });

  test("a transform that fails is told with the resource that it was for", async () => {
    program = aProgram({
      "index.ts": `
        import * as aws from "@pulumi/aws";
        new aws.sns.Topic("orders", {}, { transforms: [() => { throw new Error("no such team"); }] });
      `,
    });
    await expect(program.record()).rejects.toThrow('a transform of aws:sns/topic:Topic "orders" fails: no such team');
  });

  test("a secret of its stack's file is unknown wherever it comes out", async () => {
    program = aProgram({
      "Pulumi.dev.yaml":
        "config:\n  shop:password: { secure: v1:abc }\n  shop:db: { user: me, password: { secure: v1:def } }\n",
      "index.js": `
        const pulumi = require("@pulumi/pulumi");
        const random = require("@pulumi/random");
        const config = new pulumi.Config();
        const db = config.requireSecretObject("db");
        new random.RandomId("a", { byteLength: 1, keepers: { open: config.require("password"), shut: config.requireSecret("password"), user: db.user } });
      `,
    });
    const recording = await program.record();
    const secret = { $unknown: "secret" };
    expect(named(recording, "a").inputs["keepers"]).toEqual({ open: secret, shut: secret, user: secret });
    expect(JSON.stringify(recording)).not.toContain("v1:");
  });

  test("sees neither credentials nor home, unless it is let", async () => {
    program = aProgram({
      "index.js": `
        const { readdirSync } = require("node:fs");
        const names = ["AWS_ACCESS_KEY_ID", "AWS_PROFILE", "GOOGLE_CREDENTIALS", "KUBECONFIG", "PULUMI_ACCESS_TOKEN", "GITHUB_TOKEN", "NPM_CONFIG_USERCONFIG", "DATABASE_URL", "MONGO", "SHOP_URL", "SHOP_COLOUR"];
        exports.seen = names.filter((name) => process.env[name] !== undefined);
        exports.home = readdirSync(require("node:os").homedir()).length;
        exports.word = Object.keys(process.env).filter((name) => /HAND_OVER/.test(name)).length;
      `,
    });
    const before = { ...process.env };
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: "a", AWS_PROFILE: "a", GOOGLE_CREDENTIALS: "a", KUBECONFIG: "a" });
    Object.assign(process.env, { PULUMI_ACCESS_TOKEN: "a", GITHUB_TOKEN: "a", SHOP_COLOUR: "red" });
    Object.assign(process.env, { NPM_CONFIG_USERCONFIG: "/home/a/.npmrc", DATABASE_URL: "postgres://a:b@db/shop" });
    Object.assign(process.env, { MONGO: "mongodb+srv://a:b@db1,db2/shop", SHOP_URL: "https://shop.example.com/@a" });
    try {
      expect((await program.record()).outputs).toEqual({ seen: ["SHOP_URL", "SHOP_COLOUR"], home: 0, word: 0 });
      const kept = (await program.record("dev", { keepEnvironment: true })).outputs;
      expect(kept["seen"]).toHaveLength(11);
      expect(kept["home"]).not.toBe(0);
    } finally {
      process.env = before;
    }
  });
});
