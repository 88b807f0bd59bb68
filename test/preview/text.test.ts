import fc from "fast-check";
import { asReading, type Report } from "../../model";
import { coloured } from "../../preview/colour";
import { costLines } from "../../preview/cost-rows";
import { changesOf } from "../../preview/diff";
import { explainText } from "../../preview/explain";
import { commentTag, markdownOf } from "../../preview/markdown";
import { mistakesText } from "../../preview/mistakes";
import { rulesText } from "../../preview/rules-text";
import { tableOf } from "../../preview/table";
import { changeLine, textOf } from "../../preview/text";
import { aGroup, aPlan, aReport, aResource, failingBudget, source } from "./a-report";

function compared(): Report {
  const before = aReport();
  const plan = aPlan({
    parts: [aGroup("embedding", 116, 174), aPlan().parts[1] ?? aGroup("x", 1, 1)],
    settings: [
      { key: "load.requestsPerSecond.peak", value: 3000, from: "yaml" },
      { key: "load.requestsPerSecond.mean", value: 400, from: "yaml" },
      { key: "minReplicas", value: 2, from: "default" },
    ],
  });
  const resources = [
    aResource("embedding-us-east-1", { desiredCount: 116 }),
    aResource("new", {}, { type: "aws:sns/topic:Topic" }),
  ];
  const after = aReport(
    { cost: { ...before.cost, perMonthUsd: { min: 4000, expected: 4287, max: 6930 } }, resources },
    plan,
  );
  return { ...after, changes: changesOf(before, after, "HEAD", () => false) };
}

function refusedReport(): Report {
  return aReport({
    planned: {
      ok: false,
      infeasible: [
        {
          part: "replica-group/embedding/us-east-1",
          field: "vCPU",
          asked: 232,
          unit: "vCPU in a rollout",
          limit: { name: "Fargate On-Demand vCPUs", value: 6, source, raisable: true },
          alternatives: [
            { set: { "quotas.fargateVcpus": 240 }, perMonthUsd: { min: 4287, expected: 4287, max: 4287 } },
          ],
        },
      ],
      partial: aPlan(),
    },
    built: [],
    resources: [],
    rules: [],
    availability: null,
  });
}

const allScreens = (report: Report): readonly string[] => [
  textOf(report),
  explainText(report),
  tableOf({ schema: 1, reports: [report], removed: ["old"], mistakes: [] }),
];

describe("the screen of a stack", () => {
  test("gives the answer first", () => {
    expect(textOf(aReport()).split("\n")).toEqual([
      "embedding-prod   aws us-east-1, 3 zones                            1,000 req/s at the peak, 400 mean",
      "",
      "  replicas   embedding  41 to 62  14|14|13   zone loss binds (burst needs 37)",
      "             vectors    2         1|1|0",
      "  cost       USD/month   1,611 expected, 1,402 at the scaler's floor, 2,100 at its ceiling, budget",
      "             2,500",
      "  nines      99.991 % of 99.99 % asked   47 min/yr: deploys 25, region 14",
      "  rules      1 pass, 1 fails",
      "",
      "  FAIL    budget   the stack: 4,287 of 2,500 USD/month",
      "          fix: raise the budget of environment prod, or runtime arm64 (saves 812)",
      "",
      "  create     1 resource: ecs service",
      "",
      "  assumed    hit ratio, 0.2 to 0.6, moves most (1,192 USD/month, 20 replicas): how to measure, in",
      "             explain",
      "             prices of 2026-08-17; 1 row older than 90 days; nothing unpriced",
    ]);
  });

  test("own prices are counted, and their missing dates are no end of a range", () => {
    const report = aReport();
    const [line] = report.cost.lines;
    const mine = { ...line!, item: "balancer-hour", grade: "own" as const, source: { title: "mine", date: "undated" } };
    const text = textOf({ ...report, cost: { ...report.cost, lines: [...report.cost.lines, mine] } });
    expect(text.replaceAll(/\s+/g, " ")).toContain(
      "prices of 2026-08-17; 1 price of your own; 1 row older than 90 days",
    );
    expect(text).not.toContain("undated");
  });

  test("compared with a baseline says old and new, and lists nothing that stays", () => {
    const text = textOf(compared());
    expect(text).toContain("against HEAD");
    expect(text).toContain("41 -> 116, up to 174");
    expect(text).toContain("14|14|13 -> 39|39|38");
    expect(text).toContain("1,611 -> 4,287 (+166 %) expected");
    expect(text).toMatch(/update +ecs service embedding-us-east-1 +desiredCount 41 -> 116/);
    expect(text).toMatch(/create +sns topic new/);
    expect(text).toMatch(/same +0 resources/);
    expect(text).toMatch(/vectors +2 .* unchanged$/m);
  });

  test("sums that are not of the same things have no percentage, and say what tells them apart", () => {
    const report = compared();
    const part = "redis-cache/vectors/us-east-1" as const;
    const unlike = [{ part, item: "machine-hour on Spot", unpriced: "now" }] as const;
    const changes = report.changes === undefined ? undefined : { ...report.changes, unlike };
    const text = textOf({ ...report, ...(changes && { changes }) }).replaceAll(/\s+/g, " ");
    expect(text).toContain("1,611 -> 4,287 expected");
    expect(text).toContain("not of the same things: machine-hour on Spot of redis cache vectors is unpriced");
    const comment = markdownOf({
      schema: 1,
      reports: [{ ...report, ...(changes && { changes }) }],
      removed: [],
      mistakes: [],
    });
    expect(comment).toContain("from 1,611 to 4,287 USD a month (not all of it is priced on both sides); 2 resources");
  });

  test("of which nothing has a price costs what is not known, not nothing", () => {
    const unpriced = [{ part: "redis-cache/vectors/us-east-1", item: "cache", why: "no price" }] as const;
    const zero = { min: 0, expected: 0, max: 0 };
    const report = aReport({ cost: { perMonthUsd: zero, partial: true, lines: [], unpriced } });
    const unread = aReport({ cost: { perMonthUsd: zero, partial: true, lines: [], unpriced: [] } });
    const free = aReport({ cost: { perMonthUsd: zero, partial: false, lines: [], unpriced: [] } });
    expect(textOf(report)).toMatch(/cost +USD\/month +not known: nothing in it has a price/);
    expect(textOf(unread)).toMatch(/cost +USD\/month +not known: nothing in it has a price/);
    expect(textOf(free)).toMatch(/cost +USD\/month +0 expected/);
    const all = (one: Report) => ({ schema: 1, reports: [one], removed: [], mistakes: [] }) as const;
    expect(tableOf(all(report))).toMatch(/embedding-prod .* not known/);
    expect(tableOf(all(unread))).toMatch(/total +not known/);
    expect(tableOf(all(free))).toMatch(/total +0 +0/);
    expect(costLines(report)[0]).toBe("cost    not known: nothing in it has a price");
    expect(costLines(free)[0]).toBe("cost    0 USD/month, 0 expected");
    expect(markdownOf(all(unread))).toContain("1 stack, cost not known");
    expect(markdownOf(all(free))).toContain("1 stack, 0 USD a month");
    expect(markdownOf(all(report))).toContain("| not known |");
    expect(markdownOf(all(free))).not.toContain("| not known |");
  });

  test("a region whose name is none is told", () => {
    const built = (region: string) => {
      const foreign = aReport({
        planned: null,
        built: [asReading({ ...aGroup("web", 2, 2), key: `replica-group/web/${region}` })],
      });
      return textOf({ ...foreign, resources: [aResource("web", {})] });
    };
    expect(built("mars-north-1")).toContain("no name of a region: mars-north-1");
    expect(built("us-gov-west-1")).not.toContain("no name of a region");
    expect(built("ap-southeast-5")).not.toContain("no name of a region");
  });

  test("says which figure is not there, and why", () => {
    const text = textOf(
      aReport({
        planned: null,
        availability: null,
        cost: {
          ...aReport().cost,
          partial: true,
          unpriced: [
            { part: "redis-cache/vectors/us-east-1", item: "cache-node-hour:x", why: "no price in us-east-1" },
          ],
        },
      }),
    );
    expect(text).toContain("not known: nobody said the demand (--demand FILE)");
    expect(text).toContain("partial");
    expect(text).toMatch(
      /unpriced, so the total is too low:\s+cache-node-hour:x of vectors\s+\(no\s+price\s+in\s+us-east-1\)/,
    );
  });

  test.each([
    [{ spotShare: 0 }, ""],
    [{ spotShare: 0.75 }, "75 % Spot, "],
    [{ spotShare: 0.125, base: { replicas: 41, on: "on-demand" as const } }, "12.5 % Spot beyond 41 On-Demand, "],
    [{ spotShare: 1, base: { replicas: 2, on: "on-demand" as const } }, "100 % Spot beyond 2 On-Demand, "],
    [{ spotShare: 0, base: { replicas: 3, on: "spot" as const } }, "3 Spot, "],
  ])("says what of a group may be taken back: %j", (spot, words) => {
    const whole = aGroup("embedding", 41, 62);
    const runtime = { kind: "ecs-fargate", architecture: "x86_64", rebalancing: true, ...spot } as const;
    const built = { ...whole, runtime };
    const text = textOf(aReport({}, aPlan({ parts: [built] }))).replaceAll(/\s+/g, " ");
    expect(text).toMatch(new RegExp(`41 to 62 14\\|14\\|13 ${words}[a-z ]+ binds`));
  });

  test("says that enough are there only with Spot, and how long it stays up therefore nobody knows", () => {
    const onSpot = (spotShare: number) => {
      const built = { ...aGroup("embedding", 41, 62), runtime: { ...aGroup("embedding", 41, 62).runtime, spotShare } };
      return aReport({ availability: null }, aPlan({ parts: [built] }));
    };
    const need = aPlan().demand[0]?.need ?? 0;
    // Of 41 so many stay that the need is missed by one, and then met.
    const [tooMuch, fine] = [1 - (need - 0.5) / 41, 1 - (need + 0.5) / 41];
    const why = "embedding has enough only with Spot, and how often all of that is taken nobody says";
    for (const text of [textOf, explainText].map((say) => say(onSpot(tooMuch)).replaceAll(/\s+/g, " ")))
      expect(text).toContain(`not known: ${why}`);
    expect(textOf(onSpot(fine))).toContain("a count or a zone of what was built cannot be read");
  });

  test("names what was built otherwise than planned, what contradicts itself, and what nobody reads", () => {
    const text = textOf(
      aReport({
        mismatches: [
          { key: "replica-group/embedding/us-east-1", field: "size.memoryMiB", planned: 2048, built: 4096 },
          { key: "alert/x/us-east-1", field: "*", planned: null, built: "alert" },
        ],
        conflicts: [
          {
            part: "replica-group/embedding/us-east-1",
            field: "ports",
            says: [
              { urn: "a::b", property: "port", value: 1 },
              { urn: "a::c", property: "port", value: 2 },
            ],
          },
        ],
        resources: [aResource("odd", {}, { type: "aws:sqs/queue:Queue", state: "unread" })],
      }),
    );
    expect(text).toContain("differs    replica group embedding size.memoryMiB: planned 2,048, built 4,096");
    expect(text).toContain("alert x: built, not planned");
    expect(text).toContain("conflict   replica group embedding ports: b port says 1, c port says 2");
    expect(text).toContain("unread     1 resource in no figure above: sqs queue");
  });

  test("undecided and waived rules are never hidden", () => {
    const text = textOf(
      aReport({
        rules: [
          { ...failingBudget, verdict: "undecided" },
          { ...failingBudget, id: "b", verdict: "waived", waiver: { reason: "sale", until: "2027-01-01" } },
          { ...failingBudget, id: "c", severity: "advisory" },
        ],
      }),
    );
    expect(text).toContain("0 pass, 0 fail, 1 advise, 1 undecided, 1 waived");
    expect(text).toMatch(/open +budget/);
    expect(text).toContain("(until 2027-01-01: sale)");
    expect(text).toMatch(/advice +c/);
  });

  test("what is undecided and only advisory is named, all of it in one entry; what counts is told in full", () => {
    const open = (id: string, severity: "advisory" | "mandatory", message: string) =>
      ({ ...failingBudget, id, severity, verdict: "undecided", message, fix: "" }) as const;
    const text = textOf(
      aReport({
        rules: [
          open("b", "advisory", "first, at length"),
          open("a", "advisory", "second, at length"),
          open("a", "advisory", "third, at length"),
          open("c", "mandatory", "fourth, at length"),
        ],
      }),
    );
    expect(text.split("\n").filter((line) => line.startsWith("  open"))).toEqual([
      "  open    c   undecided, the stack: fourth, at length",
      "  open    2 undecided, advisory: a, b",
    ]);
    expect(text).not.toMatch(/first|second|third/);
  });

  test("a plan that cannot be had says the limit, its source and what can be had", () => {
    expect(textOf(refusedReport()).split("\n")).toEqual([
      "embedding-prod cannot be planned",
      "",
      "  replica group embedding needs 232 vCPU in a rollout (vCPU); 6 at most: Fargate On-Demand vCPUs (a",
      "  price list, 2026-08-17; can be raised)",
      "    these plan:   quotas.fargateVcpus: 240   4,287 USD/month",
    ]);
  });

  test("holds 100 columns, whatever it is told", () => {
    const word = fc.string({ unit: "grapheme-ascii", minLength: 0, maxLength: 300 });
    fc.assert(
      fc.property(word, word, fc.double({ min: 0, max: 1e8, noNaN: true }), (message, fix, money) => {
        const report = {
          ...compared(),
          stack: `s${message.slice(0, 40)}`,
          planned: {
            ok: true,
            plan: aPlan({
              options: [{ about: fix, choice: message, chosen: true, perMonthUsd: money, minutesPerYear: 1 }],
              settings: [{ key: message, value: fix, from: "yaml" }],
            }),
          } as const,
          rules: [{ ...failingBudget, message, fix }],
          cost: { ...aReport().cost, perMonthUsd: { min: money, expected: money, max: money * 2 } },
        };
        for (const text of [...allScreens(report), ...allScreens(refusedReport())]) {
          for (const line of text.split("\n")) expect(line.length).toBeLessThanOrEqual(100);
        }
      }),
      { numRuns: 50 },
    );
  });

  test("colour changes no letter", () => {
    // eslint-disable-next-line no-control-regex -- terminal colours
    const bare = (text: string): string => text.replaceAll(/\u001b\[\d+m/g, "");
    const text = textOf(aReport());
    expect(bare(coloured(text))).toBe(text);
    expect(coloured(text)).toContain("\u001b[31m  FAIL");
  });
});

describe("explain", () => {
  test("weighs each constraint, largest first, with label and source", () => {
    const text = explainText(aReport());
    expect(text).toMatch(/^embedding scaling.min = 41 replicas {3}14\|14\|13 +binding: zone loss$/m);
    expect(text.indexOf("zone loss     ")).toBeLessThan(text.indexOf("burst         "));
    expect(text).toContain("[exact: a price list, 2026-08-17]");
    expect(text).toMatch(/seed's rule +25 +20 active \+ 5 failover/);
    expect(text).toContain("combined as");
    expect(text).toContain("next nine");
    expect(text).toContain("to measure: divide hits by lookups over a week");
    expect(text).toMatch(/minReplicas +default +2/);
    expect(text).toMatch(/at demand +low +mid/);
    expect(text).toMatch(/USD\/month +not known +1,611/);
    expect(text).toMatch(/x 0\.04048, 2026-08-17, grade\s+A/);
  });
});

describe("the comment of a pull request", () => {
  const reports = (list: readonly Report[]) => ({ schema: 1, reports: list, removed: [], mistakes: [] }) as const;

  test("opens with one sentence, carries the tag, folds the rest", () => {
    const text = markdownOf(reports([compared()]));
    expect(
      text.startsWith(
        `${commentTag}\n\n**Cost goes from 1,611 to 4,287 USD a month (+166 %); 2 resources change; 1 mandatory rule fails**`,
      ),
    ).toBe(true);
    expect(text).toContain("| embedding-prod | embedding 116 to 174, vectors 2 | 1,611 -&gt; 4,287 |");
    expect(text.match(/<details>/g)).toHaveLength(2);
  });

  test("shows a name's ends of lines and colours, in the list of changes too", () => {
    const name = "urn:pulumi:prod::shop::aws:s3/bucket:Bucket::exit 0\n\u001b[2Jsame";
    const change = { urn: name, type: "aws:s3/bucket:Bucket", op: "create", properties: [] } as const;
    const text = markdownOf(reports([{ ...compared(), changes: { ...compared().changes!, resources: [change] } }]));
    expect(text).toContain("create   s3 bucket exit 0\\n\\u001b[2Jsame");
    expect(text).not.toContain("\u001b");
    expect(text).not.toMatch(/exit 0\n/);
  });

  test("says in its first line that not all is priced", () => {
    const report = aReport();
    const headline = (partial: boolean, all: Report): string | undefined =>
      markdownOf(reports([{ ...all, cost: { ...all.cost, partial } }])).split("\n\n")[1];
    expect(headline(true, report)).toMatch(/ USD a month, not all of it priced/);
    expect(headline(false, report)).not.toContain("priced");
    expect(headline(true, compared())).toMatch(/ USD a month \(.*\), not all of it priced; /);
  });

  test("what cannot be planned costs what is not known, and the others what they cost", () => {
    const limit = { name: "vCPUs", value: 6, source, raisable: true };
    const refusal = {
      part: "replica-group/embedding/us-east-1",
      field: "vCPU",
      asked: 9,
      unit: "vCPU",
      limit,
      alternatives: [],
    } as const;
    const zero = { min: 0, expected: 0, max: 0 };
    const refused: Report = {
      ...aReport(),
      planned: { ok: false, infeasible: [refusal], partial: aPlan() },
      cost: { perMonthUsd: zero, partial: false, lines: [], unpriced: [] },
    };
    const headline = (...list: readonly Report[]): string | undefined => markdownOf(reports(list)).split("\n\n")[1];
    expect(headline(refused)).toBe("**1 stack, cost not known; 1 stack cannot be planned; 1 mandatory rule fails**");
    expect(headline(refused, { ...aReport(), rules: [] })).toContain(
      "**2 stacks, 1,611 USD a month without what cannot be planned; 1 stack cannot be planned",
    );
    const changes = { ...compared().changes!, perMonthUsd: { from: aReport().cost.perMonthUsd, to: zero } };
    expect(headline({ ...refused, changes })).toMatch(/^\*\*Cost not known; /);
    expect(headline({ ...refused, changes }, compared())).toContain(
      "**Cost goes from 1,611 to 4,287 USD a month without what cannot be planned (+166 %); ",
    );
  });

  test("stays below 60,000 characters", () => {
    const big = {
      ...aReport(),
      rules: Array.from({ length: 500 }, (_, index) => ({
        ...failingBudget,
        id: `rule-${index}`,
        message: "x".repeat(300),
      })),
    };
    const text = markdownOf(reports(Array.from({ length: 5 }, () => big)));
    expect(text.length).toBeLessThan(60_000);
  });

  test("text of a stack cannot break out", () => {
    const text = markdownOf(
      reports([aReport({ stack: "a|b<script>", rules: [{ ...failingBudget, message: "```\n</details><b>" }] })]),
    );
    const outside = text
      .split(/^`{3,}$/m)
      .filter((_, index) => index % 2 === 0)
      .join("");
    expect(outside).not.toContain("<script>");
    expect(outside).not.toContain("<b>");
    expect(text).toContain("a\\|b&lt;script&gt;");
  });
});

test("the table adds up what can be priced, and says what is not in it", () => {
  const text = tableOf({
    schema: 1,
    reports: [aReport(), { ...aReport(), stack: "dev" }, refusedReport()],
    removed: ["gone"],
    mistakes: [],
  });
  expect(text).toMatch(/^total +\+ not all is priced +3,222 +4,200$/m);
  expect(text).toMatch(/^embedding-prod +cannot be planned$/m);
  expect(text).toContain("removed: gone");
});

test("mistakes stand by file and line, each with what to do", () => {
  const of = (line: number, key: string) => ({
    stack: "a",
    file: "stacks/Pulumi.a.yaml",
    line,
    key,
    given: 200,
    allowed: "at least the mean",
    fix: "swapped?",
  });
  expect(mistakesText([of(9, "nines:b"), of(6, "nines:a")]).split("\n")).toEqual([
    "2 mistakes in stacks/Pulumi.a.yaml",
    "",
    "  line 6   nines:a   got 200",
    "           at least the mean; swapped?",
    "  line 9   nines:b   got 200",
    "           at least the mean; swapped?",
  ]);
});

test("rules say where they are mandatory", () => {
  const rule = {
    id: "a",
    title: "A",
    peers: ["CKV_1"],
    severity: { dev: "advisory", staging: "mandatory", prod: "mandatory" },
  } as const;
  expect(rulesText([rule])).toContain("a  mandatory in staging and prod: A (CKV_1)");
});

test("a description is left out where what it describes changed too", () => {
  const change = (paths: readonly string[]) =>
    changeLine({
      urn: "urn:pulumi:s::p::aws:cloudwatch/metricAlarm:MetricAlarm::a",
      type: "aws:cloudwatch/metricAlarm:MetricAlarm",
      op: "update",
      properties: paths.map((path) => ({ path, from: 1, to: 2 })),
    });
  expect(change(["alarmDescription", "threshold"])).toBe("cloudwatch metric alarm a   threshold 1 -> 2, and 1 more");
  expect(change(["alarmDescription"])).toBe("cloudwatch metric alarm a   alarmDescription 1 -> 2");
});

test.each([
  ["short: as it is", "spec.template.spec.nodeName", "spec.template.spec.nodeName"],
  [
    "whose claim it is stands, and which field",
    "spec.volumeClaimTemplates[0].spec.resources.requests.storage",
    "volumeClaimTemplates[0].requests.storage",
  ],
  [
    "which container it is stands",
    "spec.template.spec.containers[1].resources.limits.memory",
    "containers[1].resources.limits.memory",
  ],
])("a path: %s", (_about, path, shown) => {
  const urn = "urn:pulumi:s::p::kubernetes:apps/v1:StatefulSet::a";
  const change = { urn, type: "kubernetes:apps/v1:StatefulSet", op: "replace", forcedBy: path } as const;
  expect(changeLine({ ...change, properties: [{ path, from: 1, to: 2 }] })).toBe(
    `stateful set a   ${shown} 1 -> 2   forced by ${shown}`,
  );
});

test("more than a dozen new resources are told by service", () => {
  const types = ["aws:ec2/subnet:Subnet", "aws:ec2/vpc:Vpc", "aws:sns/topic:Topic"];
  const resources = Array.from({ length: 13 }, (_, index) =>
    aResource(`r${index}`, {}, { type: types[index % types.length] ?? "" }),
  );
  expect(textOf(aReport({ resources }))).toContain("create     13 resources: ec2 9, sns 4");
  expect(textOf(aReport({ resources: resources.slice(0, 12) }))).toContain(
    "create     12 resources: 4 x ec2 subnet, 4 x ec2 vpc, 4 x sns topic",
  );
});
