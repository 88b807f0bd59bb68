import { renderedObjects } from "../../../preview/render/objects";
import { contents } from "../../cluster/by-plan";
import { configured, recordStack, tables } from "../../stacks";
import type { Rendered } from "./door";

const [WORKLOAD, REGION] = ["model-server", "us-east-1"];

/** The door of model-serving-prod in the first of its regions. @param config in place of the shipped one */
export async function renderedDoor(pods: number, config: Readonly<Record<string, unknown>> = {}): Promise<Rendered> {
  const facts = tables.systems["model-serving"]!.workloads[WORKLOAD]!;
  if (facts.kind !== "service") throw new Error(`${WORKLOAD} is a service`);
  const { plan, resources } = await recordStack(configured("model-serving-prod", config));
  const { objects, mistakes } = renderedObjects("model-serving-prod", resources);
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes));
  const regions = [...new Set(plan.parts.map((part) => part.region))];
  const others = regions.filter((each) => each !== REGION);
  const door = plan.parts.find((part) => part.kind === "load-balancer" && part.region === REGION);
  if (door?.kind !== "load-balancer" || door.domain === null) throw new Error(`${REGION} has no door with a domain`);
  const cluster = objects.find(({ content }) => JSON.stringify(content).includes(`${REGION}a`))!.cluster;
  return {
    objects: contents(objects, cluster),
    namespace: plan.stack,
    workload: WORKLOAD,
    domain: door.domain.name,
    region: REGION,
    port: facts.port,
    checkPath: "/health/ready",
    pods,
    others,
  };
}

/** The same with checks and names asked every second, in place of ten and five; nothing else differs. */
export function hurried(door: Rendered): Rendered {
  return {
    ...door,
    objects: door.objects.map((object) => {
      if (object.kind !== "BackendTrafficPolicy") return object;
      const { dns, healthCheck, ...rest } = object["spec"];
      const { active } = healthCheck;
      return {
        ...object,
        spec: {
          ...rest,
          dns: { ...dns, dnsRefreshRate: "1s" },
          healthCheck: { ...healthCheck, active: { ...active, interval: "1s", timeout: "1s" } },
        },
      };
    }),
  };
}
