import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { loadBalancerReader } from "../../../components/aws/load-balancer.read";
import { plain, resourceGraph, type Resource, type Value } from "../../../model";
import { recordInProcess } from "../../../preview/record";

const region = "us-east-1";

function read(resources: readonly Resource[]) {
  const found = loadBalancerReader.read(resourceGraph(resources));
  return { ...found, parts: found.parts.map(plain) };
}

describe("a balancer's neighbours elsewhere", () => {
  const record = (program: () => void) =>
    recordInProcess(program, { project: "other", stack: "other" }).then(({ resources }) => read(resources));
  const front = () => new aws.lb.LoadBalancer("front", { region });
  const listener = (
    defaultActions: aws.lb.ListenerArgs["defaultActions"],
    { loadBalancerArn = front().arn, port = 80, ...rest }: Partial<aws.lb.ListenerArgs> = {},
  ) => new aws.lb.Listener(`web-${String(port)}`, { loadBalancerArn, port, defaultActions, region, ...rest });

  test.each([
    [
      "in one forward",
      (arn: pulumi.Output<string>) => [{ type: "forward", forward: { targetGroups: [{ arn }, { arn: "arn:t" }] } }],
    ],
    [
      "in two actions",
      (targetGroupArn: pulumi.Output<string>) => [
        { type: "forward", targetGroupArn },
        { type: "forward", targetGroupArn: "arn:t" },
      ],
    ],
  ])("a target group that is elsewhere leaves the weight of the one here open, %s", async (_, actions) => {
    const { parts } = await record(() => {
      listener(actions(new aws.lb.TargetGroup("app", { port: 80, region }).arn));
    });
    expect(parts).toMatchObject([
      {
        targets: [
          { port: 80, weight: { why: "ambiguous-reference" } },
          { known: false, why: "elsewhere" },
        ],
        routing: { known: false, why: "elsewhere" },
      },
    ]);
  });

  test("one group that two listeners lead to is all of it", async () => {
    const { parts } = await record(() => {
      const group = new aws.lb.TargetGroup("app", { port: 80, region });
      const loadBalancerArn = front().arn;
      for (const port of [80, 81])
        listener([{ type: "forward", targetGroupArn: group.arn }], { port, loadBalancerArn });
    });
    expect(parts[0]).toMatchObject({ targets: [{ weight: 1 }], routing: "round-robin" });
  });

  const changed = async (value: Value) => {
    const { resources } = await recordInProcess(
      () => {
        listener([{ type: "redirect", redirect: { protocol: "HTTPS", port: "443", statusCode: "HTTP_301" } }]);
      },
      { project: "other", stack: "other" },
    );
    const [part] = read(
      resources.map((each) =>
        each.type === "aws:lb/listener:Listener"
          ? { ...each, inputs: { ...each.inputs, defaultActions: value } }
          : each,
      ),
    ).parts as readonly { readonly listeners: readonly { readonly redirects: unknown }[]; readonly targets: unknown }[];
    return { redirects: part?.listeners[0]?.redirects, targets: part?.targets };
  };
  const later = { $unknown: "after-deploy" } as const;
  const secret = { $unknown: "secret" } as const;
  test.each([
    ["all of it", later, "after-deploy"],
    ["all of it, a secret", secret, "secret"],
    ["one action", [later], "after-deploy"],
    ["one action, a secret", [secret], "secret"],
    ["what it does", [{ type: later }], "after-deploy"],
  ] as const)("actions that are not known are neither a redirect nor none: %s", async (_, value, why) => {
    const { redirects, targets } = await changed(value);
    expect(redirects).toMatchObject({ known: false, why });
    expect(targets).toMatchObject({ known: false, why });
  });
  test("an unknown scheme or port of a redirect is not known to lead to TLS, and sends nobody on", async () => {
    for (const redirect of [
      { protocol: later, port: "443" },
      { protocol: "HTTPS", port: later },
    ]) {
      expect(await changed([{ type: "redirect", redirect }])).toMatchObject({
        redirects: { known: false, why: "after-deploy" },
        targets: [],
      });
    }
    expect((await changed([later, { type: "forward", targetGroupArn: "arn:t" }])).redirects).toBe(false);
    expect((await changed([{ type: "redirect", redirect: { protocol: "HTTP", port: later } }])).redirects).toBe(false);
  });

  test.each([
    [true, ["protection.logs"]],
    [false, []],
  ])("a bucket without a policy matters where logs go there: %p", async (enabled, fields) => {
    const { conflicts } = await record(() => {
      const bucket = new aws.s3.Bucket("logs", { region });
      new aws.lb.LoadBalancer("front", { region, accessLogs: { bucket: bucket.bucket, enabled } });
    });
    expect(conflicts.map(({ field }) => field)).toEqual(fields);
  });

  const named = (record_: { name: string; zone?: string }, certified: string) =>
    record(() => {
      const balancer = front();
      const cert = new aws.acm.Certificate("front", { domainName: certified, validationMethod: "DNS", region });
      const zone = record_.zone === undefined ? undefined : new aws.route53.Zone("zone", { name: record_.zone });
      listener([{ type: "fixed-response" }], {
        loadBalancerArn: balancer.arn,
        port: 443,
        protocol: "HTTPS",
        certificateArn: cert.arn,
      });
      new aws.route53.Record("front", {
        name: record_.name,
        zoneId: zone?.id ?? "Z1",
        type: "A",
        aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: true }],
      });
    });
  test.each([
    [{ name: "shop.example.com" }, "shop.example.com", "shop.example.com"],
    [{ name: "Shop.Example.com." }, "shop.example.com", "Shop.Example.com."],
    [{ name: "shop" }, "shop.example.com", { why: "elsewhere" }],
    [{ name: "shop" }, "*.example.com", { why: "elsewhere" }],
    [{ name: "a.shop" }, "*.shop.example.com", "a.shop"],
    [{ name: "", zone: "example.com" }, "example.com", "example.com"],
    [{ name: "shop", zone: "example.com" }, "shop.example.com", "shop.example.com"],
    [{ name: "shop.example.com", zone: "example.com." }, "*.example.com", "shop.example.com"],
  ])("a record %j is one for a certificate of %s", async (given, certified, name) => {
    const { parts, conflicts } = await named(given, certified);
    expect(conflicts).toEqual([]);
    expect(parts).toMatchObject([{ domain: { name } }]);
  });
  test.each([
    [{ name: "shop" }, "www.example.com"],
    [{ name: "shop" }, "shopping.example.com"],
    [{ name: "a.shop" }, "*.example.com"],
    [{ name: "shop", zone: "example.org" }, "shop.example.com"],
    [{ name: "a.shop", zone: "example.com" }, "*.example.com"],
    [{ name: "example.com" }, "*.example.com"],
  ])("a record %j is none for a certificate of %s", async (given, certified) => {
    expect((await named(given, certified)).conflicts.map(({ field }) => field)).toEqual(["domain"]);
  });

  const registered = (targetType: "ip" | "instance") =>
    record(() => {
      const group = new aws.lb.TargetGroup("app", { port: 80, targetType, region });
      listener([{ type: "forward", targetGroupArn: group.arn }]);
      new aws.ecs.Service("app", {
        loadBalancers: [{ targetGroupArn: group.arn, containerName: "app", containerPort: 8080 }],
        region,
      });
    });
  test("a task's own port is where requests go, whatever its group says", async () => {
    const { parts, conflicts } = await registered("ip");
    expect(parts).toMatchObject([{ targets: [{ port: 8080 }] }]);
    expect(conflicts).toEqual([]);
  });
  test("an instance is taken at the group's port, and a service's that differs is a slip", async () => {
    const { parts, conflicts } = await registered("instance");
    expect(parts).toMatchObject([{ targets: [{ port: 80 }] }]);
    expect(conflicts.map(({ field }) => field)).toEqual(["targets"]);
  });
});
