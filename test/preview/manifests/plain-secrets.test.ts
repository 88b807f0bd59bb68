import * as fc from "fast-check";
import { printable, type Report } from "../../../model";
import { reportOfManifests } from "../../../preview/from-manifests";
import { markdownOf } from "../../../preview/markdown";
import { textOf } from "../../../preview/text";
import { workings } from "../../../preview/workings";

type Objects = readonly object[];

const report = (objects: Objects, before?: Objects): Report => {
  const found = (list: Objects) => ({
    name: "shop",
    files: [{ name: "a.yaml", text: list.map((each) => JSON.stringify(each)).join("\n---\n") }],
    notRead: [],
  });
  const asOf = "2026-11-21";
  if (before === undefined) return reportOfManifests(found(objects), { asOf }, workings);
  const baseline = { against: "before", report: reportOfManifests(found(before), { asOf }, workings) };
  return reportOfManifests(found(objects), { asOf, baseline }, workings);
};
const said = (of: Report): string =>
  [
    textOf(of),
    markdownOf({ schema: 1, reports: [of], removed: [], mistakes: [] }),
    JSON.stringify(of),
    JSON.stringify(of, null, 2),
  ].join("\n");
const failing = (of: Report): readonly string[] =>
  of.rules.flatMap(({ id, verdict, message }) => (id === "no-plain-secret" && verdict === "fail" ? [message] : []));

const metadata = { name: "web", namespace: "s" };
const deployment = (container: object, annotations = {}): object => ({
  apiVersion: "apps/v1",
  kind: "Deployment",
  metadata,
  spec: {
    selector: { matchLabels: { app: "web" } },
    template: {
      metadata: { labels: { app: "web" }, annotations },
      spec: { containers: [{ name: "a", image: "x:1", ...container }] },
    },
  },
});
const map = (data: object): object => ({ apiVersion: "v1", kind: "ConfigMap", metadata, data });
const release = (values: object): object => ({
  apiVersion: "helm.toolkit.fluxcd.io/v2",
  kind: "HelmRelease",
  metadata,
  spec: { interval: "5m", chart: { spec: { chart: "redis" } }, values },
});
const application = (source: object): object => ({
  apiVersion: "argoproj.io/v1alpha1",
  kind: "Application",
  metadata,
  spec: { source: { path: "k", ...source }, destination: { namespace: "x" } },
});
const cron = (container: object): object => ({
  apiVersion: "batch/v1",
  kind: "CronJob",
  metadata,
  spec: {
    schedule: "* * * * *",
    jobTemplate: { spec: { template: { spec: { containers: [{ name: "a", image: "x:1", ...container }] } } } },
  },
});

/** Texts that hold a secret, each with something that is none. */
const texts: Readonly<Record<string, (secret: string) => string>> = {
  "password of a URL": (secret) => `exec app postgres://u:${secret}@db/calm`,
  "token of a URL": (secret) => `calm https://${encodeURIComponent(secret)}@host/x`,
  flag: (secret) => `calm --db-password=${secret}`,
  "flag and word": (secret) => `calm --api-token ${secret} --port 80`,
  "quoted flag": (secret) => `calm --api-token "${secret} ${secret}" --port 80`,
  property: (secret) => `-Dcalm=1 -Dspring.datasource.password=${secret}`,
  word: (secret) => `env DB_PASSWORD=${secret} calm`,
  "quoted word": (secret) => `env DB_PASSWORD='${secret} ${secret}' calm`,
  default: (secret) => `calm \${DB_PASSWORD:-${secret}}`,
  "line of YAML": (secret) => `calm: 1\ndb:\n  password: ${secret} ${secret}\n`,
  "block of YAML": (secret) => `calm: 1\ndb:\n  password: |\n    ${secret}\n\n    ${secret}\n`,
  "line of a file": (secret) => `calm=1\ndb.password = ${secret} ${secret}\n`,
  JSON: (secret) => JSON.stringify({ calm: 1, db: { dbPassword: `a"${secret}` } }),
  "JSON in JSON": (secret) => JSON.stringify({ calm: JSON.stringify({ dbPassword: `a"${secret}` }) }),
  XML: (secret) => `<calm/><password>${secret}</password>`,
  "setting of Redis": (secret) => `appendonly calm\nrequirepass ${secret}\n`,
  "private key": (secret) => `calm\n-----BEGIN RSA PRIVATE KEY-----\n${secret}\n-----END RSA PRIVATE KEY-----\n`,
  header: (secret) => `calm\nAuthorization: Bearer ${secret}`,
};
const places: Readonly<Record<string, (text: string) => object>> = {
  arguments: (text) => deployment({ args: [text] }),
  "a command": (text) => deployment({ command: ["sh", "-c", text] }),
  "a setting": (text) => deployment({ env: [{ name: "X", value: text }] }),
  "a probe": (text) => deployment({ livenessProbe: { exec: { command: ["sh", "-c", text] } } }),
  "an annotation": (text) => deployment({}, { x: text }),
  "a ConfigMap": (text) => map({ "app.yaml": text }),
  "values of a chart": (text) => release({ deep: { list: [{ text }] } }),
  "an application": (text) => application({ repoURL: "https://host/x", helm: { values: text } }),
  "a job": (text) => cron({ args: [text] }),
};
/** Where the name is a key of the object, or the word before. */
const fields: Readonly<Record<string, (secret: string) => object>> = {
  "the next argument": (secret) => deployment({ args: ["--db-password", secret] }),
  "the next argument of one dash": (secret) => cron({ args: ["-password", secret] }),
  "a value": (secret) => release({ auth: { password: secret } }),
  "values in a list": (secret) => release({ users: [{ passwords: [secret, secret] }] }),
  "a parameter": (secret) =>
    application({ repoURL: "https://host/x", helm: { parameters: [{ name: "auth.password", value: secret }] } }),
  "a repository": (secret) => application({ repoURL: `https://u:${secret}@host/x` }),
  "a setting": (secret) => deployment({ env: [{ name: "DB_PASSWORD", value: secret }] }),
  "a key of a ConfigMap": (secret) => map({ DB_PASSWORD: secret }),
};
/** Found nowhere by chance, and of the letters that passwords have. */
const secrets = fc
  .tuple(fc.stringMatching(/^[A-Za-z0-9._~+/%!*-]{0,12}$/), fc.stringMatching(/^[a-z0-9]{0,6}$/))
  .map(([one, other]) => `Zq9${one}Zq9${other}Zq9`);

describe("what looks like a secret is in no output, and no-plain-secret fails for it", () => {
  test.each(Object.keys(texts))("a text with a %s, wherever it stands", (form) => {
    fc.assert(
      fc.property(secrets, secrets, fc.constantFrom(...Object.keys(places)), (one, other, place) => {
        const made = (secret: string) => [places[place]?.(texts[form]?.(secret) ?? "") ?? {}];
        const found = report(made(one), made(other));
        expect(said(found)).not.toContain("Zq9");
        expect(failing(found)).toHaveLength(1);
        if (place !== "a setting") expect(JSON.stringify(found.resources)).toContain("calm");
      }),
      { numRuns: 15 },
    );
  });

  test.each(Object.keys(fields))("%s under a name", (field) => {
    fc.assert(
      fc.property(secrets, secrets, (one, other) => {
        const made = (secret: string) => [fields[field]?.(secret) ?? {}];
        const found = report(made(one), made(other));
        expect(said(found)).not.toContain("Zq9");
        expect(failing(found)).toHaveLength(1);
      }),
      { numRuns: 10 },
    );
  });

  test("nor is it in what a mistake gives back", () => {
    fc.assert(
      fc.property(secrets, fc.constantFrom(...Object.values(texts)), (secret, text) => {
        expect(JSON.stringify(printable({ a: [text(secret)], password: secret }))).not.toContain("Zq9");
      }),
    );
  });

  test("the rule says where", () => {
    const messages = failing(
      report([
        deployment({ args: ["--db-password=x1"], command: ["sh", "-c", "exec app postgres://u:x2@db/x"] }),
        map({ "app.yaml": "db:\n  password: x3\n", DB_PASSWORD: "x4" }),
        release({ auth: { password: "x5" } }),
      ]),
    );
    expect([...messages].sort()).toEqual([
      "ConfigMap s/web: data.app.yaml holds password, which is named like a secret, data.DB_PASSWORD is named like a secret",
      "HelmRelease s/web: spec.values.auth.password is named like a secret",
      "args[0] of a holds --db-password, which is named like a secret, command[2] of a holds a URL with a password",
    ]);
  });
});

describe("what is no secret stays as it was written", () => {
  const open: readonly string[] = [
    "--db-password=$(DB_PASSWORD)",
    '--db-password "$DB_PASSWORD" --port 80',
    "redis://:$(REDIS_PASSWORD)@cache:6379/0",
    'PASSWORD="$(cat /run/secrets/password)" exec app',
    "password: {{ .Values.password }}",
    'me config set masterauth "$(head -n 1 "$PASSWORD_FILE")" >/dev/null\n',
    "--password-file=/run/secrets/x --token-ttl 5m --max-tokens 4096",
    "https://host:8080/x@v1.2 ssh://git@github.com/x docker://a/b@sha256:abc",
    "registry.example.com/auth-token:1.2",
    'if [ "$PASSWORD" = "" ]; then exit 1; fi',
    "password:\nallow_empty_password: yes\n",
    "sum(rate(token_requests_total[5m])) > 5",
  ];
  test.each(open)("%s", (text) => {
    const found = report([deployment({ args: [text] }), map({ "app.yaml": text }), release({ deep: { text } })]);
    expect(failing(found)).toEqual([]);
    expect(JSON.stringify(found.resources).split(JSON.stringify(text).slice(1, -1))).toHaveLength(4);
  });

  test("references in objects, and switches among values", () => {
    const objects = [
      deployment({
        env: [{ name: "A", valueFrom: { secretKeyRef: { name: "db-password", key: "password" } } }],
        args: ["--allow-empty-password", "calm", "--no-auth-token", "calm2", "--token", "$(TOKEN)"],
      }),
      release({
        auth: { existingSecret: "calm3", password: "", usePasswordFiles: true },
        tls: { secretName: "calm4" },
      }),
      {
        apiVersion: "external-secrets.io/v1",
        kind: "ExternalSecret",
        metadata,
        spec: { data: [{ secretKey: "calm5", remoteRef: { key: "calm6", property: "password" } }] },
      },
    ];
    const found = report(objects);
    expect(failing(found)).toEqual([]);
    for (const shown of ["calm", "calm2", "calm3", "calm4", "calm5", "calm6"])
      expect(JSON.stringify(found.resources)).toContain(`"${shown}"`);
  });

  test("what changes beside a secret is said", () => {
    const made = (level: string, secret: string) => [map({ "app.yaml": `password: ${secret}\nlevel: ${level}\n` })];
    const text = textOf(report(made("info", "x1"), made("debug", "x2")));
    expect(text).toMatch(/level: debug.*->[^]*level: info/);
  });
});
