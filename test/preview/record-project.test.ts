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
});
