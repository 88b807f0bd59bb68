import * as pulumi from "@pulumi/pulumi";
import * as cloudwatch from "@pulumi/aws/cloudwatch";
import type { Dashboard as DashboardPart } from "../../model";
import { metricsOf, type MetricSource } from "./metric-source";
import { physicalName } from "../names";
import { transformed, type Transform } from "../transform";

export interface DashboardArgs {
  readonly part: DashboardPart;
  /** Start of the dashboard's name, literal. */
  readonly stack: string;
  /** What is shown, in this order: a row of graphs each. */
  readonly rows: readonly { readonly title: string; readonly of: MetricSource }[];
  readonly transform?: { readonly dashboard?: Transform<cloudwatch.DashboardArgs> };
}

/** CloudWatch API, PutDashboard: letters, digits, hyphens and underscores. */
const NAME_LIMIT = 255;

/** One page of graphs for the whole system. */
export class Dashboard extends pulumi.ComponentResource {
  readonly dashboardName: string;

  constructor(name: string, args: DashboardArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:aws:Dashboard", name, {}, opts);
    const { part, stack } = args;
    this.dashboardName = physicalName([stack], NAME_LIMIT);
    new cloudwatch.Dashboard(
      `${part.key.split("/")[1] ?? part.workload}-${part.region}`,
      transformed<cloudwatch.DashboardArgs>(
        { dashboardName: this.dashboardName, dashboardBody: body(args), region: part.region },
        args.transform?.dashboard,
      ),
      { parent: this },
    );
    this.registerOutputs({ dashboardName: this.dashboardName });
  }
}

interface Graph {
  readonly title: string;
  readonly lines: readonly { readonly metricName: string; readonly statistic: string }[];
}

const line = (metricName: string, statistic: string) => ({ metricName, statistic });

const GRAPHS: Readonly<Record<MetricSource["kind"], readonly Graph[]>> = {
  balancer: [
    {
      title: "requests and errors",
      lines: [
        line("RequestCount", "Sum"),
        line("HTTPCode_Target_5XX_Count", "Sum"),
        line("HTTPCode_ELB_5XX_Count", "Sum"),
      ],
    },
    {
      title: "response time",
      lines: [line("TargetResponseTime", "p50"), line("TargetResponseTime", "p95"), line("TargetResponseTime", "p99")],
    },
    { title: "healthy replicas", lines: [line("HealthyHostCount", "Minimum"), line("UnHealthyHostCount", "Maximum")] },
  ],
  service: [
    {
      title: "CPU and memory, percent",
      lines: [line("CPUUtilization", "Average"), line("MemoryUtilization", "Average")],
    },
    { title: "running replicas", lines: [line("CPUUtilization", "SampleCount")] },
  ],
  "service-connect": [
    { title: "requests and errors", lines: [line("RequestCount", "Sum"), line("HTTPCode_Target_5XX_Count", "Sum")] },
    { title: "response time", lines: [line("TargetResponseTime", "p50"), line("TargetResponseTime", "p99")] },
  ],
  cache: [
    { title: "memory, percent", lines: [line("DatabaseMemoryUsagePercentage", "Maximum")] },
    {
      title: "hits, misses, evictions",
      lines: [line("CacheHits", "Sum"), line("CacheMisses", "Sum"), line("Evictions", "Sum")],
    },
    { title: "replication lag, seconds", lines: [line("ReplicationLag", "Maximum")] },
  ],
  nat: [
    {
      title: "port errors and connections",
      lines: [line("ErrorPortAllocation", "Sum"), line("ActiveConnectionCount", "Maximum")],
    },
  ],
};

/** CloudWatch's grid is 24 wide. */
const GRID_WIDTH = 24;
const GRAPH_HEIGHT = 6;

function body({ part, rows }: DashboardArgs): pulumi.Output<string> {
  const widgets = rows.flatMap(({ title, of }, row) => {
    const graphs = GRAPHS[of.kind];
    const width = Math.floor(GRID_WIDTH / graphs.length);
    return graphs.map((graph, column) => ({
      type: "metric",
      x: column * width,
      y: row * GRAPH_HEIGHT,
      width,
      height: GRAPH_HEIGHT,
      properties: {
        title: `${title}: ${graph.title}`,
        region: part.region,
        view: "timeSeries",
        period: 60,
        metrics: graph.lines.flatMap(({ metricName, statistic }) =>
          metricsOf(of, metricName).map((metric) => [
            metric.namespace,
            metricName,
            ...Object.entries(metric.dimensions).flat(),
            { stat: statistic, label: `${metricName} ${statistic}` },
          ]),
        ),
      },
    }));
  });
  return pulumi.jsonStringify({ widgets });
}
