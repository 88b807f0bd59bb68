import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { nameOfUrn, type Inputs, type Report, type Resource } from "../../model";
import { exportOf, previewOf } from "../preview/a-document";
import { resource } from "../policies/fixture";
import { asOf, complaints, nines, reportsOf, type Ran } from "./a-project";

let base: string;
let folder: string;
const later = { $unknown: "after-deploy" } as const;

/** A service on Fargate behind a balancer, as anybody writes it; four replicas, and no scaler. */
function shop(): readonly Resource[] {
  const zone = (letter: string): Resource =>
    resource("aws:ec2/subnet:Subnet", { availabilityZone: `us-east-1${letter}` }, {}, { name: letter });
  const subnets = ["a", "b"].map(zone);
  const named = (
    type: string,
    name: string,
    inputs: Inputs,
    from: Readonly<Record<string, readonly Resource[]>> = {},
  ) => resource(type, inputs, from, { name });
  const provider = named("pulumi:providers:aws", "aws", { region: "us-east-1" });
  const balancer = named("aws:lb/loadBalancer:LoadBalancer", "front", { subnets: [later, later] }, { subnets });
  const health = { path: "/health", protocol: "HTTP", interval: 10, unhealthyThreshold: 3, matcher: "200" };
  const targets = named("aws:lb/targetGroup:TargetGroup", "web", {
    port: 80,
    protocol: "HTTP",
    targetType: "ip",
    healthCheck: health,
  });
  const listener = named(
    "aws:lb/listener:Listener",
    "http",
    {
      loadBalancerArn: later,
      port: 80,
      protocol: "HTTP",
      defaultActions: [{ type: "forward", targetGroupArn: later }],
    },
    { loadBalancerArn: [balancer], defaultActions: [targets] },
  );
  const task = named("aws:ecs/taskDefinition:TaskDefinition", "web", {
    family: "web",
    cpu: "512",
    memory: "1024",
    networkMode: "awsvpc",
    requiresCompatibilities: ["FARGATE"],
    containerDefinitions: JSON.stringify([{ name: "web", image: "web:1", portMappings: [{ containerPort: 80 }] }]),
  });
  const service = named(
    "aws:ecs/service:Service",
    "web",
    {
      desiredCount: 4,
      launchType: "FARGATE",
      taskDefinition: later,
      networkConfiguration: { subnets: [later, later] },
      loadBalancers: [{ targetGroupArn: later, containerName: "web", containerPort: 80 }],
    },
    { taskDefinition: [task], networkConfiguration: subnets, loadBalancers: [targets] },
  );
  return [provider, ...subnets, balancer, targets, listener, task, service];
}

const filled = `objectives: { availability: 0.99, survive: zone }
workloads:
  web:
    requestsPerSecond: { mean: 40, peak: 180 }
    serviceTimeMs: 30
`;

function run(...args: readonly string[]): Ran {
  return nines(args, folder, join(base, "tmp"));
}
function write(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return name;
}
function report(...args: readonly string[]): Report {
  const ran = run("preview", ...args, "--json", ...asOf);
  expect(complaints(ran)).toBe("");
  const [found] = reportsOf(ran).reports;
  if (found === undefined) throw new Error(ran.output);
  return found;
}

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "nines-demand-"));
  folder = join(base, "elsewhere");
  mkdirSync(join(base, "tmp"));
  mkdirSync(folder);
  write("preview.json", JSON.stringify(previewOf(shop())));
  write("state.json", JSON.stringify(exportOf(shop())));
  write("demand.yaml", filled);
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("nines demand", () => {
  test("prints what was found, with the rest to fill in; filled in, it is a demand file", () => {
    const { output, status } = run("demand", "--from", "preview.json");
    expect(status).toBe(0);
    expect(output).toMatch(/^ {2}web: # 4 replicas, in 2 zones, behind load balancer front$/m);
    expect(parse(output)).toMatchObject({
      objectives: { availability: null },
      workloads: { web: { serviceTimeMs: null } },
    });
    const missing = run("preview", "--from", "preview.json", "--demand", write("blank.yaml", output));
    expect(missing.status).toBe(2);
    expect(missing.output).toMatch(/^4 mistakes in blank\.yaml$/m);
    expect(missing.output).toMatch(/^ {2}line 5:3 +objectives\.availability/m);
    const answers = output
      .replace("availability:", "availability: 0.99")
      .replace("mean:", "mean: 40")
      .replace("peak:", "peak: 180")
      .replace("serviceTimeMs:", "serviceTimeMs: 30");
    expect(report("--from", "preview.json", "--demand", write("filled.yaml", answers)).demand).toEqual(
      report("--from", "preview.json", "--demand", "demand.yaml").demand,
    );
  });

  test("writes a file that is not there, and touches none that is", () => {
    expect(run("demand", "--from", "state.json", "--to", "new.yaml").status).toBe(0);
    expect(readFileSync(join(folder, "new.yaml"), "utf8")).toContain("workloads:\n  web:");
    const again = run("demand", "--from", "state.json", "--to", "demand.yaml");
    expect([again.status, complaints(again)]).toEqual([
      1,
      "demand.yaml is there already: name another file, or none to print it",
    ]);
    expect(readFileSync(join(folder, "demand.yaml"), "utf8")).toBe(filled);
    expect(existsSync(join(folder, "nowhere", "x.yaml"))).toBe(false);
    expect(complaints(run("demand", "--from", "state.json", "--to", "nowhere/x.yaml"))).toMatch(
      /cannot be written: no such file or directory/,
    );
  });
});

describe("--demand", () => {
  test("without it nobody knows; with it the need stands beside what is there, and is judged", () => {
    const unknown = run("preview", "--from", "preview.json", ...asOf).output;
    expect(unknown).toMatch(/^ {2}nines +not known: /m);
    expect(report("--from", "preview.json").rules.map(({ id }) => id)).not.toContain("zone-loss-carried");
    // 180 x 0.03 s = 5.4 busy slots: six replicas at least.
    const told = run("preview", "--from", "preview.json", "--demand", "demand.yaml", ...asOf).output;
    expect(told).toMatch(/180 req\/s at the peak, 40 mean$/m);
    expect(told).toMatch(/^ {2}replicas +web +4 +2\|2 +needed 6, has 4$/m);
    expect(told).toMatch(
      /^ {2}nines +none at the peak, which is not carried: .* runs \d+ at most and needs \d+; 99 % asked$/m,
    );
    expect(told).toMatch(
      /FAIL +zone-loss-carried +replica group web: 4 in 2 zones at the floor leave 2 without the\s+fullest; the peak needs 6/,
    );
    expect(told).toMatch(/values that the demand file does not state/);
    const markdown = run("preview", "--from", "preview.json", "--demand", "demand.yaml", "--markdown", ...asOf).output;
    expect(markdown).toContain("needed 6, has 4");
  });

  test("three forms of one program, one demand: one verdict", () => {
    const forms = ["preview.json", "state.json"].map((file) => report("--from", file, "--demand", "demand.yaml"));
    const said = forms.map(({ rules, availability, demand, cost }) => ({
      rules: rules.map(({ id, part, verdict }) => `${id} ${part ?? "stack"} ${verdict}`),
      availability,
      demand,
      cost,
    }));
    expect(said[1]).toEqual(said[0]);
    expect(forms[0]?.planned).toBeNull();
    expect(forms[0]?.demand?.demand[0]).toMatchObject({
      workload: "web",
      need: 6,
      behind: "balancer",
      detectSeconds: 30,
    });
  });

  test("every mistake at once, each with its line", () => {
    const wrong = filled
      .replace("survive: zone", "survive: zon")
      .replace("serviceTimeMs: 30", "serviceTimeMs: -1\n    slots: 2");
    const ran = run("preview", "--from", "preview.json", "--demand", write("wrong.yaml", wrong));
    expect(ran.status).toBe(2);
    expect(ran.output).toMatch(/^3 mistakes in wrong\.yaml$/m);
    expect(ran.output).toMatch(/line 1:\d+ +objectives\.survive +got zon\n.*did you mean zone\?/);
    expect(ran.output).toMatch(/line 5:5 +workloads\.web\.serviceTimeMs +got -1/);
    expect(ran.output).toMatch(/line 6:5 +workloads\.web\.slots/);
    const other = run(
      "preview",
      "--from",
      "preview.json",
      "--demand",
      write("other.yaml", filled.replace("  web:", "  wbe:")),
    );
    expect([other.status, other.output]).toEqual([
      2,
      expect.stringMatching(/line 3:3 +workloads\.wbe.*\n.*one of web; did you mean web\?/),
    ]);
    expect(run("preview", "--from", "preview.json", "--demand", write("broken.yaml", "a: [")).output).toMatch(
      /broken here/,
    );
    expect(complaints(run("preview", "--from", "preview.json", "--demand", "none.yaml"))).toMatch(
      /^none\.yaml cannot be read/,
    );
  });

  test("what a change adds needs no demand before it", () => {
    const before = shop().filter(
      ({ urn }) => !/service|taskDefinition/.test(nameOfUrn(urn)) && !urn.includes("aws:ecs"),
    );
    const changed = report(
      "--from",
      write("add.json", JSON.stringify(previewOf(shop(), { before }))),
      "--demand",
      "demand.yaml",
    );
    expect(changed.changes?.unavailability.from).toBeNull();
    expect(changed.changes?.unavailability.to).toBe(changed.availability?.unavailability);
    expect(changed.demand?.demand).toHaveLength(1);
  });
});
