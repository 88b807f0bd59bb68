import { isRecord, textOf } from "../model";
import type { Inputs, Resource, Value } from "../model";
import { limitSources } from "../catalog/aws/limit";
import { limit, type LimitId } from "../catalog/aws/limits";
import {
  allowed,
  asNumber,
  type DeployCheck,
  fine,
  isWord,
  limitCheck,
  type Outcome,
  refused,
  withinLimit,
  wordCheck,
} from "./deployable-check";
import { containersOf, isFargate } from "./deployable-ecs";

const TASK = "aws:ecs/taskDefinition:TaskDefinition";
const BUFFER = "log-driver-buffer-limit";

type Outcomes = readonly Outcome[];

/** A check of the task's containers; no outcome: it is about nothing here. */
function ofTask(test: (containers: readonly Inputs[], onFargate: boolean) => Outcomes): DeployCheck["check"] {
  return (task: Resource) => {
    const containers = containersOf(task);
    if (containers === "unknown") return { unknown: "containerDefinitions" };
    if (containers === "unreadable") return null;
    const outcomes = test(containers, isFargate(task));
    return outcomes.length === 0 ? null : outcomes;
  };
}

const at = (container: Inputs, ...path: readonly string[]): Value | undefined =>
  path.reduce<Value | undefined>((here, step) => (isRecord(here) ? here[step] : undefined), container);

const driver = (container: Inputs): Value | undefined => at(container, "logConfiguration", "logDriver");

function word(id: LimitId, given: Value | undefined, what: string): Outcomes {
  if (given === undefined || given === null) return [];
  return [isWord(id, given) ? fine : refused(`${what} ${textOf(given)}`, `give ${allowed(id)}`)];
}

/** Options are text, and a driver has those that it needs. */
function optionsOf(container: Inputs, onFargate: boolean): Outcomes {
  const given = at(container, "logConfiguration", "options");
  const options = isRecord(given) ? given : {};
  const odd = Object.entries(options).filter(([, value]) => typeof value !== "string");
  const missing =
    driver(container) === "awslogs"
      ? (limit("awslogs-options").values ?? [])
          .map(String)
          .filter((name) => (onFargate || !name.endsWith("-prefix")) && options[name] === undefined)
      : [];
  const buffer = options[BUFFER];
  const lines = asNumber(buffer);
  const fits = buffer === undefined || (lines !== undefined && withinLimit("log-buffer-lines", lines));
  if (odd.length + missing.length === 0 && fits) return isRecord(given) ? [fine] : [];
  return [
    ...odd.map(([name, value]) => refused(`${name} ${textOf(value)}`, "put it in quotes")),
    ...(missing.length === 0 ? [] : [refused(`without ${missing.join(", ")}`, `give ${missing.join(", ")}`)]),
    ...(fits ? [] : [refused(`${BUFFER} ${textOf(buffer ?? "")}`, `give ${allowed("log-buffer-lines")}`)]),
  ];
}

/** A router, and those whose lines it takes: neither without the other. */
function routing(containers: readonly Inputs[], onFargate: boolean): Outcomes {
  const routers = containers.filter((container) => isRecord(container["firelensConfiguration"]));
  const routed = containers.filter((container) => driver(container) === "awsfirelens").length;
  if (routers.length === 0)
    return routed === 0
      ? []
      : [refused(`${routed} log through a router, and none is one`, "add a container with firelensConfiguration")];
  return [
    routed > 0 ? fine : refused("a router, and nobody logs through it", 'set logDriver: "awsfirelens" elsewhere'),
    withinLimit("firelens-routers", routers.length)
      ? fine
      : refused(`${routers.length} routers`, `keep ${allowed("firelens-routers")}`),
    ...routers.flatMap((router): Outcomes => {
      const file = at(router, "firelensConfiguration", "options", "config-file-type");
      return [
        ...word("firelens-type", at(router, "firelensConfiguration", "type"), "type"),
        ...word("firelens-user", router["user"], "user"),
        ...(onFargate ? word("firelens-config-file", file, "config-file-type") : []),
      ];
    }),
  ];
}

export const logDeployChecks: readonly DeployCheck[] = [
  limitCheck(
    "log-driver",
    TASK,
    ofTask((containers, onFargate) =>
      onFargate ? containers.flatMap((container) => word("log-driver", driver(container), "logDriver")) : [],
    ),
  ),
  wordCheck(
    "log-options",
    "container logConfiguration.options",
    `options are text; ${limit("awslogs-options").quote}; ${limit("log-buffer-lines").quote}`,
    limitSources.ecs,
    TASK,
    ofTask((containers, onFargate) => containers.flatMap((container) => optionsOf(container, onFargate))),
  ),
  wordCheck(
    "firelens-router",
    "container firelensConfiguration, and containers with logDriver awsfirelens",
    `a container logs through awsfirelens where another has firelensConfiguration, and the other way round; ${limit("firelens-routers").quote}; ${limit("firelens-user").quote}; ${limit("firelens-config-file").quote}`,
    limitSources.firelensRefusals,
    TASK,
    ofTask(routing),
  ),
];
