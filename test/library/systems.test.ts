import * as pulumi from "@pulumi/pulumi";
import { Listener, ListenerRule, LoadBalancer, TargetGroup } from "@pulumi/aws/lb";
import { Eip, InternetGateway, NatGateway, SecurityGroup, Subnet, Vpc } from "@pulumi/aws/ec2";
import { Service } from "../../components/aws/library";
import type { Report, Resource } from "../../model";
import { explainText } from "../../preview/explain";
import { textOf } from "../../preview/text";
import { judgeStack } from "../../policies/pack-stack";
import { reportOf } from "../../preview/report";
import { workings } from "../../preview/workings";
import { least, recordProgram } from "./a-service";

const asOf = "2026-11-21";

function report(resources: readonly Resource[]): Report {
  return reportOf({ stack: "prod", resources, origin: "recorded", asOf }, workings);
}

/** A network and its way out, which no plan knows. */
function neighbours(): void {
  const vpc = new Vpc("main", { cidrBlock: "10.9.0.0/16", region: "us-east-1" });
  const gateway = new InternetGateway("main", { vpcId: vpc.id, region: "us-east-1" });
  const subnet = new Subnet("public", {
    vpcId: vpc.id,
    availabilityZone: "us-east-1a",
    mapPublicIpOnLaunch: true,
    region: "us-east-1",
  });
  const address = new Eip("nat", { domain: "vpc", region: "us-east-1" });
  new NatGateway(
    "nat",
    { subnetId: subnet.id, allocationId: address.id, region: "us-east-1" },
    { dependsOn: [gateway] },
  );
}

describe("a program of several systems and things of its own", () => {
  let both: Report;
  let web: Report;
  let api: Report;
  let alone: Report;
  let resources: readonly Resource[];
  beforeAll(async () => {
    ({ resources } = await recordProgram(() => {
      neighbours();
      new Service("web", least);
      new Service("api", { ...least, load: { requestsPerSecond: { mean: 10, peak: 30 } }, availability: 0.99 });
    }));
    both = report(resources);
    web = report((await recordProgram(() => void new Service("web", least))).resources);
    api = report(
      (
        await recordProgram(
          () =>
            void new Service("api", {
              ...least,
              load: { requestsPerSecond: { mean: 10, peak: 30 } },
              availability: 0.99,
            }),
        )
      ).resources,
    );
    alone = report((await recordProgram(neighbours)).resources);
  });

  test("each system promises and is weighed by itself, as if it stood alone", () => {
    expect(both.systems?.map(({ name, objectives }) => [name, objectives.availability])).toEqual([
      ["api", 0.99],
      ["web", 0.999],
    ]);
    expect(both.systems?.map(({ availability }) => availability)).toEqual([api.availability, web.availability]);
    expect(both.systems?.map(({ perMonthUsd }) => perMonthUsd)).toEqual([api.cost.perMonthUsd, web.cost.perMonthUsd]);
    expect(web.systems).toBeUndefined();
  });

  test("the total is the sum of all, what belongs to no system among it", () => {
    const sum = (end: "min" | "expected" | "max"): number =>
      [web, api, alone].reduce((total, { cost }) => total + cost.perMonthUsd[end], 0);
    for (const end of ["min", "expected", "max"] as const) expect(both.cost.perMonthUsd[end]).toBeCloseTo(sum(end), 6);
    expect(alone.cost.perMonthUsd.expected).toBeGreaterThan(30);
  });

  test("what nobody planned is no difference to a plan; the availability is that of the one that is down most", () => {
    expect(both.mismatches).toEqual([]);
    expect(both.availability?.unavailability).toBe(
      Math.max(web.availability!.unavailability, api.availability!.unavailability),
    );
  });

  test("rules hold each system to its own plan, say what is common once, and say so in the engine's pack too", () => {
    const key = ({ id, part, verdict, message }: Report["rules"][number]): string =>
      [id, part ?? "", verdict, message].join(" | ");
    const said = both.rules.map(key);
    expect(new Set(said).size).toBe(said.length);
    expect(both.rules.filter(({ id }) => id === "plan-known").map(({ message }) => message)).toEqual([
      "plan of api in prod",
      "plan of web in prod",
    ]);
    // Verdicts on a Part are those that it gets alone.
    for (const lone of [web, api])
      for (const rule of lone.rules) if (rule.part !== null) expect(said).toContain(key(rule));
    expect(judgeStack(resources, asOf).map(key).sort()).toEqual([...said].sort());
  });

  test("the screen shows each system's nines in a line of its own", () => {
    const lines = textOf(both).split("\n");
    const first = lines.findIndex((line) => line.startsWith("  nines"));
    expect(lines[first]).toMatch(/^ {2}nines {6}api {2}99\.\d+ % of 99 % asked/);
    expect(lines.slice(first).find((line) => /^ {13}web/.test(line))).toMatch(
      /^ {13}web {2}99\.\d+ % of 99\.9 % asked/,
    );
    expect(lines[0]).toContain("req/s at the peak: api 30, web 120");
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
  });

  test("a program that nobody planned is explained by its bill, and a file's prices are named where explain cannot look", () => {
    expect(explainText(alone)).toMatch(/no replica group is read[^]*^cost +.*USD\/month/m);
    expect(explainText(alone)).toMatch(/nat-hour.*grade [A-D]$/m);
    const [line] = alone.cost.lines;
    const lines = ["a", "b", "c", "d"].map((item) => ({ ...line!, item, grade: "B" as const }));
    const priced: Report = { ...alone, cost: { ...alone.cost, lines } };
    const file = { name: "state.json", unseen: 0, pending: [] };
    expect(textOf(priced).replaceAll(/\s+/g, " ")).toContain("4 items of grade B, named in explain");
    expect(textOf({ ...priced, file }).replaceAll(/\s+/g, " ")).toContain("4 items of grade B, named in --json");
  });

  test("explained, each system's nines say whose they are, and settings what their origins mean here", () => {
    const text = explainText(both);
    expect(
      [...text.matchAll(/^nines {3}(\w+) {2}99\.\d+ % of (\S+) % asked/gm)].map(([, name, of]) => [name, of]),
    ).toEqual([
      ["api", "99"],
      ["web", "99.9"],
    ]);
    expect(text).toMatch(/^settings, each an argument of its component or a default$/m);
    expect(text).not.toContain("YAML)");
    expect(explainText(web)).toMatch(/^nines {3}99\.\d+ % of 99\.9 % asked/m);
  });
});

describe("services behind a balancer that the program itself builds", () => {
  const region = "us-east-1";
  const program =
    (arnOf = (listener: Listener): pulumi.Input<string> => listener.arn) =>
    () => {
      const group = new SecurityGroup("front", { vpcId: "vpc-0a", region });
      const front = new LoadBalancer("front", { subnets: ["subnet-0d"], securityGroups: [group.id], region });
      const answer = { type: "fixed-response", fixedResponse: { contentType: "text/plain", statusCode: "404" } };
      const loadBalancerArn = front.arn;
      const listener = new Listener("https", { loadBalancerArn, port: 80, defaultActions: [answer], region });
      const own = new TargetGroup("own", { port: 80, targetType: "ip", region });
      new ListenerRule("own", {
        listenerArn: listener.arn,
        conditions: [{ pathPattern: { values: ["/own"] } }],
        actions: [{ type: "forward", targetGroupArn: own.arn }],
        region,
      });
      const privateSubnetIds = { "us-east-1a": "subnet-0a", "us-east-1b": "subnet-0b", "us-east-1c": "subnet-0c" };
      for (const [index, name] of ["orders", "carts"].entries())
        new Service(name, {
          ...least,
          network: { existing: { vpcId: "vpc-0a", privateSubnetIds } },
          listener: {
            listenerArn: arnOf(listener),
            securityGroupId: group.id,
            url: `https://shop.example.com/${name}`,
            priority: 10 + index,
            paths: [`/${name}/*`],
          },
        });
    };

  test("read back as planned: each rule is its service's, the balancer is nobody's plan and keeps its own", async () => {
    const { resources } = await recordProgram(program());
    const said = report(resources);
    expect(said.mismatches).toEqual([]);
    expect(said.rules.filter(({ id, verdict }) => id === "built-as-planned" && verdict !== "pass")).toEqual([]);
    expect(said.built.flatMap(({ kind, key }) => (kind === "balancer-route" ? [key] : []))).toEqual([
      "balancer-route/carts/us-east-1",
      "balancer-route/orders/us-east-1",
    ]);
    const [balancer] = said.built.flatMap((part) => (part.kind === "load-balancer" ? [part] : []));
    expect(balancer?.targets).toHaveLength(1);
    const watched = said.built.flatMap((part) => (part.kind === "alert" ? [part.watches] : []));
    expect(watched.filter((leaf) => leaf.known && leaf.value === "balancer-route/carts/us-east-1")).toHaveLength(4);
  });

  test("a listener whose ARN is known after all is what was handed over", async () => {
    const arn =
      "arn:aws:elasticloadbalancing:us-east-1:123456789012:listener/app/front/50dc6c495c0c9188/f2f7dc8efc522ab2";
    const { resources } = await recordProgram(program(() => pulumi.output(arn)));
    expect(report(resources).mismatches).toEqual([]);
  });
});

test("two services of one name under different parents are told as that, and as nothing else", async () => {
  const { resources } = await recordProgram(() => {
    for (const name of ["left", "right"]) {
      const parent = new pulumi.ComponentResource(`my:index:${name}`, name);
      new Service("inner", least, { parent });
    }
  });
  const said = report(resources);
  expect(said.mismatches).toEqual([]);
  expect(said.rules.filter(({ id }) => id === "built-as-planned")).toEqual([
    {
      id: "built-as-planned",
      severity: "mandatory",
      part: null,
      verdict: "fail",
      message: "2 components are called inner: their physical names collide",
      fix: "give each a name of its own",
    },
  ]);
});
