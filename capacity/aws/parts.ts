import { cacheAlerts, networkAlerts, planDashboard, planTopic, serviceAlerts } from "../alert-plan";
import { planBalancer } from "../balancer-plan";
import { planCache } from "../cache-plan";
import { planGroup } from "../group-plan";
import { planNetwork } from "../network-plan";
import type { PartPlanner } from "../part-planner";
import { vcpuShortage } from "../quota";
import { planRoute } from "../route-plan";
import { taskQueues } from "./queues";
import { taskLag } from "./scaler-lag";

const none = { parts: [], reasons: [], infeasible: [] };

/** A plan's Parts on AWS. */
export const awsParts: PartPlanner = {
  ground({ request, demand, catalog }) {
    if (!("create" in request.network)) return none;
    const network = planNetwork(request, request.network, demand.services, catalog);
    return network.ok
      ? { parts: [network.part], reasons: network.reasons, infeasible: [] }
      : { ...none, infeasible: [network.infeasible] };
  },
  scalerLag: taskLag,
  holdsBurst: () => true,
  queues: taskQueues,
  group: (request, count) => planGroup(request, count.demand, count, count.size),
  door: (request, { demand }, group) =>
    planRoute(request, demand, group) ?? (demand.behind === "balancer" ? planBalancer(request, demand, group) : null),
  serviceAlerts: (request, count, group, door) => serviceAlerts(request, count.demand, group, door, count.need),
  cache({ request, catalog, assumptions }, demand) {
    return planCache(request, demand, catalog, assumptions);
  },
  store: (_, { workload }) => {
    throw new RangeError(`${workload}: aws builds no store`);
  },
  surroundings(request, parts) {
    const topic = planTopic(request);
    return [
      ...parts.flatMap((part) => (part.kind === "redis-cache" ? cacheAlerts(request, part) : [])),
      ...parts.flatMap((part) => (part.kind === "network" ? networkAlerts(request, part) : [])),
      ...(topic ? [topic] : []),
      planDashboard(request),
    ];
  },
  shortage: vcpuShortage,
  lacks: () => [],
  nodes: () => undefined,
};
