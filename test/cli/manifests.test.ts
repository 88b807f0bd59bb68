import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Report, Reports } from "../../model";
import { asOf, complaints, nines, reportsOf, type Ran } from "./a-project";

const cli = join(__dirname, "../../dist/cli/index.js");
let base: string;
/** A folder that is no project. */
let folder: string;

function from(...args: readonly string[]): Ran {
  return nines(["preview", "--from", ...args, ...asOf], folder, join(base, "tmp"));
}

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

const deployment = (replicas: number): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers:
        - name: web
          image: registry.example.com/web:1.2
          resources: { requests: { cpu: 500m, memory: 512Mi } }
`;

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), "nines-manifests-"));
  folder = join(base, "elsewhere");
  mkdirSync(join(base, "tmp"));
  write("shop/web.yaml", deployment(3));
  write("shop/values.yaml", "replicas: 3\n");
  write("shop/inner/rule.yml", "apiVersion: monitoring.coreos.com/v1\nkind: PrometheusRule\nmetadata: { name: a }\n");
  write("shop/.hidden/web.yaml", "a: [\n");
});
afterAll(() => rmSync(base, { recursive: true, force: true }));

describe("--from a folder of manifests", () => {
  test("counts what it holds, and lists what it did not read", () => {
    const ran = from("shop");
    expect(complaints(ran)).toBe("");
    // Three bare pods: what they lack is told, and is a reason to refuse.
    expect(ran.status).toBe(5);
    expect(ran.output).toMatch(/^ {2}FAIL +budget-there +replica group web: 3 pods, and no budget$/m);
    expect(ran.output).toMatch(/alarms-notify .*\n +fix: add a PrometheusRule that watches it, /);
    expect(ran.output).not.toMatch(/SNS|alarmActions|running tasks/);
    expect(ran.output).toMatch(/^shop +kubernetes, namespace shop +2 resources, read from shop$/m);
    expect(ran.output).toMatch(
      /^ {2}not read +values\.yaml: values of a chart: helm template writes it out: read that$/m,
    );
    expect(ran.output).toMatch(/^ {2}objects +2 resources: deployment, prometheus rule$/m);
    const [report] = reportsOf(from("shop", "--json")).reports as readonly [Report];
    expect(report).toMatchObject({ stack: "shop", origin: "manifests", planned: null });
    expect(report.resources.map(({ urn }) => urn.slice(urn.lastIndexOf("::") + 2))).toEqual(["shop/web", "a"]);
  });

  test("what was rendered by the book breaks no rule, and ends in 0", () => {
    const ran = from(join(__dirname, "../../examples/gitops/manifests"));
    expect(complaints(ran)).toBe("");
    expect(ran.output).toMatch(/^ {2}rules +\d+ pass, 0 fail, /m);
    expect(ran.status).toBe(0);
  });

  test("compared with another folder: what changed, whatever the folder is called", () => {
    write("old/web.yaml", deployment(2));
    const flat = from("shop", "--against", "old").output.replaceAll(/\s+/g, " ");
    expect(flat).toContain("against old");
    expect(flat).toContain("update deployment shop/web spec.replicas 2 -> 3");
    expect(flat).toContain("create prometheus rule a");
    write("before.json", from("old", "--json").output);
    expect(from("shop", "--against", "before.json").output.replaceAll(/\s+/g, " ")).toContain("spec.replicas 2 -> 3");
  });

  test("a file and standard input are read alike", () => {
    const file = reportsOf(from("shop/web.yaml", "--json")).reports[0]!;
    const piped = spawnSync(process.execPath, [cli, "preview", "--from", "-", "--json", ...asOf], {
      cwd: folder,
      encoding: "utf8",
      input: `# Source: shop/templates/web.yaml\n${deployment(3)}`,
    });
    const [input] = (JSON.parse(piped.stdout) as Reports).reports;
    expect(file.resources).toHaveLength(1);
    expect(input?.resources).toEqual(file.resources);
    write("list.json", JSON.stringify({ kind: "List", apiVersion: "v1", items: [] }));
    expect(complaints(from("list.json"))).toBe("list holds no object of Kubernetes\n  list.json: it is empty");
  });

  test("mistakes are told together, and end in 2", () => {
    write("bad/a.yaml", deployment(3).replace("500m", '"1000"'));
    write("bad/b.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n\tname: a\n");
    const ran = from("bad");
    expect(ran.status).toBe(2);
    expect(ran.output).toContain("1 mistake in a.yaml");
    expect(ran.output).toContain("1 mistake in b.yaml");
    expect(ran.output).toMatch(/line 4:1 +YAML\n +a tab indents nothing in YAML/);
  });

  test("a folder without manifests, and one that holds nothing but templates, are told apart", () => {
    write("none/README.md", "# none\n");
    write("chart/web.yaml", "kind: {{ .Values.kind }}\n");
    expect(complaints(from("none"))).toBe(
      "none holds no .yaml, .yml or .json file: --from takes a folder of manifests",
    );
    expect(complaints(from("chart"))).toBe(
      "chart holds no object of Kubernetes\n  web.yaml: a template, in line 1: helm template writes it out: read that",
    );
    expect(from("chart").status).toBe(1);
  });

  test("explain --from: what is needed, and how to measure what is assumed, in words of a cluster", () => {
    const explained = (...args: readonly string[]): Ran =>
      nines(["explain", "--from", "shop", ...args, ...asOf], folder, join(base, "tmp"));
    expect(explained().output.replaceAll(/\s+/g, " ")).toContain("nines demand --from writes a file to fill in");
    write(
      "demand.yaml",
      `objectives: { availability: 0.999, survive: zone }
cluster: { region: eu-west-1, zones: [eu-west-1a, eu-west-1b] }
workloads: { web: { requestsPerSecond: { mean: 40, peak: 100 }, serviceTimeMs: 10 } }
`,
    );
    const { output, status } = explained("--demand", "demand.yaml");
    expect(status).toBe(0);
    expect(output).toMatch(/^shop +kubernetes eu-west-1, namespace shop +as of /m);
    expect(output).toMatch(/^web +needed 2, has 3 at least: 100 requests\/s at the peak/m);
    expect(output).toContain("that the door or the mesh counts");
    expect(output).not.toMatch(/RequestCount|IncomingBytes|task's/);
    const beside = nines(["explain", "web", "--from", "shop"], folder, join(base, "tmp"));
    expect(complaints(beside)).toContain("--from reads one file: name no stack beside it");
    // What stood is weighed by the same demand.
    const against = from("shop", "--demand", "demand.yaml", "--against", "old").output;
    expect(against).toMatch(/^ {2}nines +99\.\d+ % -> 99\.\d+ %|^ {2}nines +99\.\d+ % of 99\.9 % asked/m);
  });
});
