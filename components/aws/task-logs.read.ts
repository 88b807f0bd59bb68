import {
  isRecord,
  isUnknown,
  known,
  unknown,
  type Conflict,
  type Leaf,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type ResourceGraph,
  type Unknown,
  type Value,
} from "../../model";
import { regionOf } from "./identity.read";
import { asNumber, asText, inside, leafAt, leafOf } from "./leaf.read";

const LOG_GROUP = "aws:cloudwatch/logGroup:LogGroup";
const CONFIGURATION = "containerDefinitions[].logConfiguration";
/** What nines builds holds its group; another of the program that it is only told of is somebody else's. */
const OURS = "nines:aws:ReplicaGroup";

type Container = { readonly [key: string]: Value };

interface LogsRead {
  readonly logs: ReadPart<ReplicaGroup>["logs"];
  /** The group of this program that takes them. */
  readonly group?: Resource;
  readonly elsewhere: readonly Omit<Conflict, "part">[];
}

/** Where the lines of the container that takes the requests go; `others` are those beside it. */
export function readTaskLogs(
  graph: ResourceGraph,
  task: Resource,
  container: Container | Unknown,
  others: readonly Container[],
): LogsRead {
  if (isUnknown(container)) return { logs: container, elsewhere: [] };
  const configuration = container["logConfiguration"];
  if (configuration === undefined || configuration === null) return { logs: known(null, task.urn), elsewhere: [] };
  const driver = inside(configuration, "logDriver");
  if (driver === "awslogs") return written(graph, task, configuration);
  if (driver === "awsfirelens") return routed(graph, task, configuration, others);
  return { logs: unknown(task.urn, `${CONFIGURATION}.logDriver`, "elsewhere"), elsewhere: [] };
}

function written(graph: ResourceGraph, task: Resource, configuration: Value): LogsRead {
  const option = (name: string) => inside(configuration, "options", name);
  const at = (name: string) => ({ urn: task.urn, property: `${CONFIGURATION}.options.${name}` });
  const name = option("awslogs-group");
  const group = groupNamed(graph, task, name);
  const region = leafOf(option("awslogs-region"), at("awslogs-region"), asText);
  if (group === undefined)
    return { logs: { kind: "existing", group: leafOf(name, at("awslogs-group"), asText), region }, elsewhere: [] };
  return {
    // 0 and absent alike: for ever.
    logs: { kind: "group", keepDays: leafAt(group, ["retentionInDays"], asNumber, { default: 0 }) },
    group,
    elsewhere: apart(graph, task, region, group),
  };
}

/** The router is the container that says so; its own lines go where it says. */
function routed(graph: ResourceGraph, task: Resource, configuration: Value, others: readonly Container[]): LogsRead {
  const router = others.find((each) => typeOf(each) !== undefined);
  const type = router === undefined ? undefined : typeOf(router);
  if (router === undefined || type === undefined)
    return {
      logs: unknown(task.urn, "containerDefinitions[].firelensConfiguration.type", "unreadable"),
      elsewhere: [],
    };
  const own = readTaskLogs(graph, task, router, []);
  const ofGroup = !isUnknown(own.logs) && "kind" in own.logs && own.logs.kind === "group" ? own.logs.keepDays : null;
  const silent = !isUnknown(own.logs) && "known" in own.logs;
  return {
    logs: {
      kind: "router",
      router: leafOf(router["name"], { urn: task.urn, property: "containerDefinitions[].name" }, asText),
      output: outputOf(task, inside(configuration, "options"), type),
      keepDays:
        ofGroup ??
        (silent ? known(null, task.urn) : unknown(task.urn, `${CONFIGURATION}.options.awslogs-group`, "elsewhere")),
    },
    ...(own.group === undefined ? {} : { group: own.group }),
    elsewhere: own.elsewhere,
  };
}

function typeOf(container: Container): "fluentbit" | "fluentd" | undefined {
  const type = inside(container, "firelensConfiguration", "type");
  return type === "fluentbit" || type === "fluentd" ? type : undefined;
}

/** Fluent Bit calls it Name, in any letters; fluentd @type. */
function outputOf(task: Resource, options: Value | undefined, type: "fluentbit" | "fluentd"): Leaf<string | null> {
  const wanted = type === "fluentd" ? "@type" : "name";
  const found = Object.entries(isRecord(options) ? options : {}).find(([key]) => key.toLowerCase() === wanted);
  const property = `${CONFIGURATION}.options.${found?.[0] ?? wanted}`;
  return leafOf<string | null>(found?.[1], { urn: task.urn, property }, asText, { default: null });
}

function groupNamed(graph: ResourceGraph, task: Resource, name: Value | undefined): Resource | undefined {
  if (typeof name !== "string") return undefined;
  const ours = task.parent?.includes(OURS) === true;
  return graph
    .ofType(LOG_GROUP)
    .find((candidate) => candidate.inputs["name"] === name && (!ours || candidate.parent === task.parent));
}

/** Lines go to the group of that name in the region that the task says. */
function apart(
  graph: ResourceGraph,
  task: Resource,
  region: Leaf<string>,
  group: Resource,
): readonly Omit<Conflict, "part">[] {
  const own = regionOf(graph, group);
  if (!region.known || !own.known || region.value === own.value) return [];
  return [
    {
      field: "logs",
      says: [
        { urn: task.urn, property: `${CONFIGURATION}.options.awslogs-region`, value: region.value },
        { urn: group.urn, property: "region", value: own.value },
      ],
    },
  ];
}
