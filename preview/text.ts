import {
  isProviderType,
  type Assumption,
  type Changes,
  type PartKey,
  type Range,
  type Report,
  type ResourceChange,
  type WorkloadDemand,
} from "../model";
import { growth, isEmpty } from "./diff";
import { besideText } from "./cost-rows";
import { counted, figure, percentChange, precise, shown, shownPair, usd } from "./figures";
import { findings, ruleCounts } from "./findings";
import { coverageText, heldText, leftOpen, unreadText } from "./foreign-text";
import { infeasibleText } from "./infeasible";
import { karpenterLines } from "./karpenter";
import { sharedNodeLines } from "./shared-nodes";
import { leftOut } from "./manifests-text";
import { COLUMNS, ends, hanging } from "./layout";
import { availabilityLines } from "./nines";
import { basisOf, planOf } from "./report";
import { queueLines } from "./queues";
import { writesLines } from "./recovery";
import { replicaLines } from "./replica-lines";
import { handOnLines } from "./hand-on";
import { takeoverLines } from "./takeover";
import { failoverLines } from "./failover";
import {
  byService,
  folded,
  inSeveralRegions,
  nameOf,
  nothingIsPriced,
  operations,
  partName,
  partNames,
  placeOf,
  pricesOf,
  typeName,
} from "./words";

const INDENT = 13;

/** One screen of one stack, at most 100 columns: the answer first, then why. All of it from the report. */
export function textOf(report: Report): string {
  if (report.planned?.ok === false) return infeasibleText(report);
  const blocks = [
    header(report),
    fileText(report),
    [
      ...asked(report),
      ...replicaLines(report, INDENT),
      ...queueLines(report, INDENT),
      ...sharedNodeLines(report, INDENT),
      ...karpenterLines(report, INDENT),
      ...held(report),
      ...cost(report),
      ...availabilityLines(report, INDENT),
      ...failoverLines(report, INDENT),
      ...handOnLines(report, INDENT),
      ...takeoverLines(report, INDENT),
      ...writesLines(report, INDENT),
      ...ruleCounts(report.rules, INDENT),
    ],
    findings(report.rules),
    [...changes(report), ...doubts(report)],
    [...coverageText(report), ...lacked(report), ...leftOpen(report), ...assumed(report)],
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n");
}

function header(report: Report): readonly string[] {
  const load = loadOf(report);
  const against =
    report.changes === undefined
      ? report.coverage === undefined
        ? load
        : whence(report)
      : `against ${report.changes.against}${settingsShort(report.changes)}`;
  return ends(`${report.stack}   ${placeOf(report)}`, against);
}

/** How another's program was looked at. */
function whence({ run, file, coverage }: Report): string {
  const how = run === undefined ? (file === undefined ? "" : `read from ${file.name}`) : "recorded by running it";
  return [coverage === undefined ? "" : counted(coverage.resources, "resource"), how]
    .filter((text) => text !== "")
    .join(", ");
}

/** The demand that somebody stated for another's program: its title is taken by how it was looked at. */
function asked(report: Report): readonly string[] {
  const load = report.coverage === undefined ? "" : loadOf(report);
  return load === "" ? [] : hanging("  demand", load, INDENT);
}

/** A plan's own parts are told by its replicas. */
function held(report: Report): readonly string[] {
  return report.coverage === undefined ? [] : heldText(report);
}

/** What was read, where not all of it could be: everything below is said of the rest alone. */
function fileText({ file }: Report): readonly string[] {
  if (file === undefined) return [];
  const lines: string[] = [];
  if (file.unseen > 0) {
    const left = `${counted(file.unseen, "unchanged resource")} ${file.unseen === 1 ? "is" : "are"} not in ${file.name}`;
    const then = "counts and cost are those of the rest, and what may rest on them is undecided";
    lines.push(...hanging("  partial", `${left}: ${then}; pulumi preview --json --show-sames has them`, INDENT));
  }
  if (file.unreadable !== undefined) {
    const some = file.unreadable === 1 ? "1 entry of it cannot" : `${figure(file.unreadable)} entries of it cannot`;
    lines.push(
      ...hanging("  partial", `${some} be read (no resource, or its urn is none): nothing below holds them`, INDENT),
    );
  }
  for (const operation of file.pending.slice(0, 4))
    lines.push(...hanging("  pending", `${operation} was cut off: what became of it is not known`, INDENT));
  if (file.pending.length > 4) lines.push(...hanging("  pending", `and ${file.pending.length - 4} more`, INDENT));
  return [...lines, ...leftOut(file, INDENT)];
}

function loadOf(report: Report): string {
  const entering = basisOf(report)?.demand.filter((demand) => demand.entry) ?? [];
  // Regions beside the first take its requests, and bring none of their own.
  const entries = entering.filter(
    ({ workload }, index) => entering.findIndex((each) => each.workload === workload) === index,
  );
  const [entry, ...others] = entries;
  if (entry === undefined) return "";
  if (others.length > 0) {
    const peaks = entries.map((each) => `${each.workload} ${figure(all(each, "peak"))}${writing(each)}`);
    return `req/s at the peak: ${peaks.join(", ")}`;
  }
  return `${figure(all(entry, "peak"))} req/s at the peak${writing(entry)}, ${figure(all(entry, "mean"))} mean`;
}

/** Reads and, of a store, writes. */
function all({ requestsPerSecond, store }: WorkloadDemand, when: "peak" | "mean"): number {
  return requestsPerSecond[when] + (store?.writesPerSecond[when] ?? 0);
}

/** Only one member takes them. */
function writing({ store }: WorkloadDemand): string {
  const writes = store?.writesPerSecond.peak ?? 0;
  return writes === 0 ? "" : ` (${figure(writes)} write)`;
}

function settingsShort(changes: Changes): string {
  const [only, ...more] = changes.settings;
  if (only === undefined) return isEmpty(changes) ? " (nothing changes)" : "";
  if (more.length > 0) {
    const peak = changes.settings.find((setting) => setting.key === "load.requestsPerSecond.peak");
    if (peak === undefined || changes.settings.some((setting) => !setting.key.startsWith("load.")))
      return ` (${counted(changes.settings.length, "setting")} changed)`;
    return ` (load ${shownPair(peak.from, peak.to).join(" -> ")} req/s at the peak)`;
  }
  const words = only.key.split(".").slice(-2).join(".");
  return ` (${words} ${shownPair(only.from, only.to, 24).join(" -> ")})`;
}

function cost(report: Report): readonly string[] {
  const { perMonthUsd, partial } = report.cost;
  if (nothingIsPriced(report.cost)) {
    const before = report.changes?.perMonthUsd.from ?? null;
    const was = before === null || before.expected === 0 ? "" : `${usd(before.expected)} -> `;
    return hanging("  cost", `USD/month   ${was}not known: nothing in it has a price${budgetOf(report)}`, INDENT);
  }
  const from = report.changes?.perMonthUsd.from ?? null;
  const moved = from !== null && usd(from.expected) !== usd(perMonthUsd.expected);
  const expected = moved ? `${usd(from.expected)} -> ${usd(perMonthUsd.expected)}` : usd(perMonthUsd.expected);
  const unlike = unlikeText(report);
  const change = moved && unlike === "" ? ` (${percentChange(growth(from, perMonthUsd) ?? 0)})` : "";
  const text = `USD/month   ${expected}${change} expected${bounds(perMonthUsd)}${partial ? ", partial" : ""}${budgetOf(report)}${unlike}`;
  return [...hanging("  cost", text, INDENT), ...beside(report)];
}

/** What is paid for and is not in the figure. */
function beside(report: Report): readonly string[] {
  const said = besideText(report);
  return said.length === 0 ? [] : hanging("", `not in it: ${said.join("; ")}`, INDENT);
}

/** Two sums that are not of the same things, and what tells them apart. */
function unlikeText({ changes: found }: Report): string {
  const unlike = found?.unlike ?? [];
  if (unlike.length === 0) return "";
  const named = unlike
    .slice(0, 3)
    .map(({ part, item, unpriced }) => `${item} of ${partName(part)} ${unpriced === "now" ? "is" : "was"} unpriced`);
  const more = unlike.length > 3 ? ` and ${unlike.length - 3} more` : "";
  return `; the two are not of the same things: ${named.join(", ")}${more}`;
}

function bounds({ min, expected, max }: Range): string {
  const floor = usd(min) === usd(expected) ? "" : `, ${usd(min)} at the scaler's floor`;
  const ceiling = usd(max) === usd(expected) ? "" : `, ${usd(max)} at its ceiling`;
  return floor === "" && ceiling !== "" ? `, ${usd(max)} at the scaler's ceiling` : floor + ceiling;
}

function budgetOf(report: Report): string {
  const budget = basisOf(report)?.budgetPerMonthUsd ?? null;
  return budget === null ? "" : `, budget ${usd(budget)}`;
}

function changes(report: Report): readonly string[] {
  const found = report.changes;
  if (found === undefined) {
    // The title of another's program counts no providers either.
    const custom =
      report.coverage === undefined ? report.resources : report.resources.filter(({ type }) => !isProviderType(type));
    if (custom.length === 0) return hanging("  create", "nothing: no resource was registered", INDENT);
    return createdLines(operationOf(report), custom);
  }
  const lines: string[] = [];
  for (const op of operations) {
    const some = found.resources.filter((change) => change.op === op);
    if (op === "create" && some.length > 12) {
      lines.push(...createdLines("create", some));
    } else lines.push(...some.flatMap((change) => hanging(`  ${op}`, changeLine(change), INDENT)));
  }
  lines.push(...hanging("  same", counted(found.same, "resource"), INDENT));
  const settings = found.settings.length < 2 ? [] : found.settings;
  return [
    ...settings.flatMap(({ key, from, to }) =>
      hanging("  setting", `${key}   ${shownPair(from, to, 30).join(" -> ")}`, INDENT),
    ),
    ...lines,
  ];
}

/** A state stands already; of manifests nobody says what is there. */
function operationOf({ origin }: Report): string {
  return origin === "state" ? "stands" : origin === "manifests" ? "objects" : "create";
}

/** Lines that what is created may take. */
const MOST_LINES = 4;

/** A screen's worth: by service, the rarest left out where they are too many; each resource by its name is in --json. */
function createdLines(word: string, resources: readonly { readonly type: string }[]): readonly string[] {
  const types = resources.map((each) => each.type);
  const kinds = (types.length > 12 ? byService(types) : folded(types)).split(", ");
  const linesOf = (kept: number): readonly string[] => {
    const rest = kept === kinds.length ? [] : [`${counted(kinds.length - kept, "kind")} more`];
    const text = [...kinds.slice(0, kept), ...rest].join(", ");
    return hanging(`  ${word}`, `${counted(types.length, "resource")}: ${text}`, INDENT);
  };
  for (let kept = kinds.length; kept > 1; kept -= 1) {
    const lines = linesOf(kept);
    if (lines.length <= MOST_LINES) return lines;
  }
  return linesOf(1);
}

/** A change on one line: what, which, how, and what forces a replacement. */
export function changeLine(change: ResourceChange): string {
  // A description repeats in words what changed beside it.
  const telling = change.properties.filter((property) => !/description$/i.test(property.path));
  const paths = (telling.length > 0 ? telling : change.properties)
    .slice(0, 4)
    .map(({ path, from, to }) => `${shortPath(path)} ${shownPair(from, to).join(" -> ")}`);
  const more = change.properties.length - paths.length;
  const losing = [change.loss?.what, change.note].filter((each) => each !== undefined).join("; ");
  const said = [
    `${typeName(change.type)} ${nameOf(change.urn)}`,
    [...paths, ...(more > 0 ? [`and ${figure(more)} more`] : [])].join(", "),
    change.forcedBy === undefined ? "" : `forced by ${shortPath(change.forcedBy)}`,
    losing === "" ? "" : `(${losing})`,
  ];
  return said.filter((each) => each !== "").join("   ");
}

/** Words of Kubernetes that stand above everything and tell nothing. */
const WRAPPERS = new Set(["spec", "template"]);

/** A long path without its middle: what it belongs to and which field; the whole one is in --json. */
function shortPath(path: string): string {
  if (path.length <= 40) return path;
  const [first = "", ...rest] = path.split(".").filter((word) => !WRAPPERS.has(word));
  while (rest.length > 1 && [first, ...rest].join(".").length > 40) rest.shift();
  return [first, ...rest].join(".");
}

/** What was registered and is not as planned, contradicts itself, or is read by nobody. */
function doubts(report: Report): readonly string[] {
  const lines: string[] = [];
  const several = inSeveralRegions(report.built.map(({ key }) => key));
  const named = (part: PartKey): string => partNames([part], several).join();
  for (const { key, field, planned, built } of report.mismatches.slice(0, 8)) {
    const text =
      field === "*"
        ? `${named(key)}: ${planned === null ? "built, not planned" : "planned, not built"}`
        : `${named(key)} ${field}: planned ${shown(planned)}, built ${shown(built)}`;
    lines.push(...hanging("  differs", text, INDENT));
  }
  if (report.mismatches.length > 8)
    lines.push(...hanging("  differs", `and ${figure(report.mismatches.length - 8)} more fields`, INDENT));
  for (const { part, field, says } of report.conflicts) {
    const sides = says.map((side) => `${nameOf(side.urn)} ${side.property} says ${shown(side.value)}`).join(", ");
    lines.push(...hanging("  conflict", `${named(part)} ${field}: ${sides}`, INDENT));
  }
  lines.push(...unreadText(report));
  return lines;
}

function assumed(report: Report): readonly string[] {
  const lines: string[] = [];
  const first = planOf(report)?.assumptions.find((assumption) => assumption.effect !== null);
  if (first?.effect) {
    const { name, unit, low, high, effect } = first;
    const span = `${precise(low)} to ${precise(high)}${unit === "" ? "" : ` ${unit}`}`;
    const moves = `${usd(Math.abs(effect.perMonthUsd))} USD/month, ${counted(Math.abs(effect.replicas), "replica")}`;
    lines.push(`${name}, ${span}, moves most (${moves}): how to measure, in explain`);
  }
  const taken = (report.demand?.assumptions ?? []).filter(({ source }) => source.date !== "stated");
  if (taken.length > 0)
    lines.push(
      `${counted(taken.length, "value")} that the demand file does not state, such as ${examples(taken)}: ${report.origin === "recorded" ? "in explain" : "in nines explain --from"}`,
    );
  lines.push(pricesOf(report));
  return lines.flatMap((line, index) => hanging(index === 0 ? "  assumed" : "", line, INDENT, COLUMNS));
}

/** What the place it stands in is not said to have, and what that costs. */
function lacked(report: Report): readonly string[] {
  return (planOf(report)?.lacks ?? []).flatMap(({ of, lost }, index) =>
    hanging(index === 0 ? "  without" : "", `${of}: ${lost}`, INDENT, COLUMNS),
  );
}

/** Three of them, by name and value. */
function examples(taken: readonly Assumption[]): string {
  return taken
    .slice(0, 3)
    .map(({ name, mid, unit }) => `${name} ${precise(mid)} ${unit}`.trim())
    .join(", ");
}
