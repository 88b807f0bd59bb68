import { backendSwitch, handOn } from "../catalog/kubernetes";
import { listAt, numberAt, regionIn, textAt, type ReadPart, type Report } from "../model";
import { figure } from "./figures";
import { hanging } from "./layout";
import { planOf } from "./report";

type Implementation = keyof typeof handOn;

/** A door as built that hands requests on, and the regions that it hands them to; undefined: not known. */
interface HandingOn {
  readonly workload: string;
  readonly implementation: Implementation;
  readonly to: readonly string[];
}

const BY: Readonly<Record<Implementation, string>> = { "envoy-gateway": "Envoy Gateway", istio: "Istio" };

/** One of each workload, that of the region that takes requests: the others do the same. */
function doorsThatHandOn(report: Report): readonly HandingOn[] {
  const first = planOf(report)?.regions?.[0]?.region;
  const found = [...report.built]
    .sort((a, b) => Number(regionIn(b.key) === first) - Number(regionIn(a.key) === first))
    .flatMap((part) => handingOn(part) ?? []);
  return found.filter(({ workload }, i) => found.findIndex((each) => each.workload === workload) === i);
}

function handingOn(part: ReadPart): HandingOn | undefined {
  if (part.kind !== "load-balancer") return undefined;
  const implementation = textAt(part, "runtime", "implementation");
  if (implementation !== "envoy-gateway" && implementation !== "istio") return undefined;
  const later = (listAt(part, "targets") ?? []).filter((target) => (numberAt(target, "priority") ?? 1) > 1);
  if (later.length === 0) return undefined;
  const regions = later.map((target) => textAt(target, "part")).map((to) => (to === undefined ? "" : regionIn(to)));
  return {
    workload: textAt(part, "workload") ?? part.key,
    implementation,
    to: [...new Set(regions.map((region) => (region === "" ? "what is not here" : region)))].sort(),
  };
}

/** Share of healthy replicas below which requests are handed on, in percent: 71.4, which the documentation of Envoy rounds to 72. */
const belowPercent = (implementation: Implementation): number =>
  Math.ceil(100 / handOn[implementation].overprovisioning);

const needs: Readonly<Record<Implementation, string>> = {
  "envoy-gateway": `its Backend API must be enabled: ${backendSwitch.name}: true in ${backendSwitch.where}`,
  istio:
    "one mesh must span the clusters, with the Service of that name and namespace in each; without it nothing is handed on",
};

/** What doors do when their own replicas are ill, in short, and what that needs. */
export function handOnLines(report: Report, indent: number): readonly string[] {
  return doorsThatHandOn(report).flatMap(({ workload, implementation, to }) =>
    hanging(
      "  hands on",
      `${workload}: ${BY[implementation]} below ${figure(belowPercent(implementation))} % healthy, to ${to.join(", ")}${unordered(to)}; ${needs[implementation]}`,
      indent,
    ),
  );
}

const unordered = (to: readonly string[]): string =>
  to.length > 1 ? ", alike: it tells two levels apart, and the order among these is DNS's" : "";

/** The same with its reasons and sources, for explain. */
export function handOnSteps(report: Report): readonly string[] {
  const doors = doorsThatHandOn(report);
  if (doors.length === 0) return [];
  return [
    "who moves requests when",
    ...doors.flatMap(({ workload, implementation, to }) => {
      const { overprovisioning, levels, source } = handOn[implementation];
      const steps = [
        `door: ${BY[implementation]}; own replicas first. Of those on its list, ready ones, ${overprovisioning} requests stay for each healthy share, at most all: below ${figure(100 / overprovisioning, 1)} % healthy (rounded to ${belowPercent(implementation)}) the rest goes to ${to.join(", ")}; ${source.title}, ${source.date}`,
        `levels: ${levels}, own and others; ${to.length > 1 ? "among the others it has no order, DNS has" : "there is one other"}`,
        implementation === "envoy-gateway"
          ? "asked: each other door by its own name, which leads to its own pods alone, so nothing is handed on twice and no check is answered for another; its certificate by an authority that everybody trusts"
          : "asked: nobody; pods that are not ready, or that fail, all of them if need be, make room for those of another region",
        `needs: ${needs[implementation]}`,
        "not by the door: a region or a door that is gone, which DNS or callers leave; a few replicas too little, where all that are left are healthy; what is over before its checks have failed",
      ];
      return steps.flatMap((step, i) => hanging(i === 0 ? `  ${workload}` : "", step, 16));
    }),
  ];
}
