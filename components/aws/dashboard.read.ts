import type { Claim, Dashboard, PartReader, Read, ReadPart, Resource, ResourceGraph } from "../../model";
import { keyOf, regionOf, wordOf } from "./identity.read";

const DASHBOARD = "aws:cloudwatch/dashboard:Dashboard";

/** Reads that there is a page of graphs; what is on it, nobody reads. */
export const dashboardReader: PartReader = {
  read,
  inputs: {
    [DASHBOARD]: {
      fields: { region: "region" },
      ignored: { dashboardName: "a name", dashboardBody: "graphs, for a person" },
    },
  },
};

function read(graph: ResourceGraph): Read {
  const dashboards = graph.ofType(DASHBOARD);
  return {
    parts: dashboards.map((dashboard) => readDashboard(graph, dashboard)),
    claims: dashboards.map((dashboard): Claim => ({
      urn: dashboard.urn,
      part: keyOf("dashboard", graph, dashboard),
      carries: "fields",
    })),
    conflicts: [],
  };
}

function readDashboard(graph: ResourceGraph, dashboard: Resource): ReadPart<Dashboard> {
  return {
    kind: "dashboard",
    key: keyOf("dashboard", graph, dashboard),
    workload: wordOf(graph, dashboard),
    region: regionOf(graph, dashboard),
    runtime: { kind: "cloudwatch" },
  };
}
