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

/** A check of the task's containers; no outcome: the limit is about nothing here. */
function inTask(id: LimitId, test: Test): DeployCheck {
  return limitCheck(id, TASK, judging(test));
}

type Test = (containers: readonly Inputs[], task: Resource) => Outcomes;

function judging(test: Test): DeployCheck["check"] {
  return (task) => {
    const containers = containersOf(task);
    if (containers === "unknown") return { unknown: "containerDefinitions" };
    if (containers === "unreadable") return null;
    const outcomes = test(containers, task);
    return outcomes.length === 0 ? null : outcomes;
  };
}

/** A value inside each container: a word of the limit. */
function word(
  id: LimitId,
  onFargateAlone: boolean,
  value: (container: Inputs) => Value | undefined,
  what: string,
): DeployCheck {
  return inTask(id, (containers, task) => {
    if (onFargateAlone && !isFargate(task)) return [];
    return containers.flatMap((container): Outcomes => {
      const given = value(container);
      if (given === undefined || given === null) return [];
      return [isWord(id, given) ? fine : refused(`${what} ${textOf(given)}`, `give ${allowed(id)}`)];
    });
  });
}

const at = (container: Inputs, ...path: readonly string[]): Value | undefined =>
  path.reduce<Value | undefined>((here, step) => (isRecord(here) ? here[step] : undefined), container);

const driver = (container: Inputs): Value | undefined => at(container, "logConfiguration", "logDriver");

const optionsOf = (container: Inputs): Inputs => {
  const options = at(container, "logConfiguration", "options");
  return isRecord(options) ? options : {};
};

const isRouter = (container: Inputs): boolean => isRecord(container["firelensConfiguration"]);

export const logDeployChecks: readonly DeployCheck[] = [
  word("log-driver", true, driver, "logDriver"),
  wordCheck(
    "log-options",
    "container logConfiguration.options",
    "options is a map from text to text: a number or a flag in it is refused",
    limitSources.ecs,
    TASK,
    judging((containers) =>
      containers.flatMap((container): Outcomes => {
        const options = Object.entries(optionsOf(container));
        const odd = options.filter(([, value]) => typeof value !== "string");
        if (options.length === 0) return [];
        return odd.length === 0
          ? [fine]
          : [refused(odd.map(([name, value]) => `${name} ${textOf(value)}`).join(", "), "put it in quotes")];
      }),
    ),
  ),
  inTask("awslogs-options", (containers, task) =>
    containers
      .filter((container) => driver(container) === "awslogs")
      .map((container): Outcome => {
        const needed = (limit("awslogs-options").values ?? []).map(String);
        const missing = needed
          .filter((name) => isFargate(task) || !name.endsWith("-prefix"))
          .filter((name) => optionsOf(container)[name] === undefined);
        return missing.length === 0 ? fine : refused(`without ${missing.join(", ")}`, `give ${missing.join(", ")}`);
      }),
  ),
  inTask("log-buffer-lines", (containers) =>
    containers.flatMap((container): Outcomes => {
      const given = optionsOf(container)[BUFFER];
      if (given === undefined) return [];
      const lines = asNumber(given);
      return [
        lines !== undefined && withinLimit("log-buffer-lines", lines)
          ? fine
          : refused(`${BUFFER} ${textOf(given)}`, `give ${allowed("log-buffer-lines")}`),
      ];
    }),
  ),
  word("firelens-type", false, (container) => at(container, "firelensConfiguration", "type"), "type"),
  word(
    "firelens-config-file",
    true,
    (container) => at(container, "firelensConfiguration", "options", "config-file-type"),
    "config-file-type",
  ),
  word("firelens-user", false, (container) => (isRouter(container) ? container["user"] : undefined), "user"),
  wordCheck(
    "firelens-router",
    "containers with logDriver awsfirelens, and one with firelensConfiguration",
    "When awsfirelens log driver is specified in log configuration, a firelens configuration object must be configured in one of the containers; when a firelensConfiguration object is specified, at least one container has to be configured with the awsfirelens log driver",
    limitSources.firelensRefusals,
    TASK,
    judging((containers) => {
      const routers = containers.filter(isRouter).length;
      const routed = containers.filter((container) => driver(container) === "awsfirelens").length;
      if (routers === 0 && routed === 0) return [];
      if (routers === 0)
        return [refused(`${routed} containers log through a router, and none is one`, "add the router")];
      return [
        routed > 0 ? fine : refused("a router, and no container logs through it", 'set logDriver: "awsfirelens"'),
      ];
    }),
  ),
  inTask("firelens-routers", (containers) => {
    const routers = containers.filter(isRouter).length;
    if (routers === 0) return [];
    return [
      withinLimit("firelens-routers", routers)
        ? fine
        : refused(`${routers} routers`, "keep one, and let it send to all"),
    ];
  }),
];
