import type { Environment, ServiceWorkload, StackConfig, Workload } from "../model";
import type { MistakeList } from "./request-mistakes";
import { whereFact } from "./request-workload-names";

/** A share of Spot that nothing could ever run on: one replica is On-Demand. */
export function checkSpot(
  config: Partial<StackConfig>,
  environment: Pick<Environment, "spotShare"> | undefined,
  workloads: Readonly<Record<string, Workload>>,
  list: MistakeList,
): void {
  // In a cluster no share of replicas is said to be on Spot.
  if (config.target === "kubernetes") return;
  const services = Object.entries(workloads).filter(
    (entry): entry is [string, ServiceWorkload] => entry[1].kind === "service",
  );
  const lone = (name: string): boolean => config.replicas?.[name]?.max === 1;
  const allowed = (whose: string): string =>
    `${whose} one replica at most, which is On-Demand: Spot is for what is above it`;
  for (const [name, { spotShare = 0 }] of services) {
    if (spotShare > 0 && lone(name))
      list.add(...whereFact(config, name, "spotShare"), spotShare, allowed(`${name} has`), fix(name));
  }
  const share = config.spotShare ?? environment?.spotShare ?? 0;
  const others = services.filter(([, facts]) => facts.spotShare === undefined).map(([name]) => name);
  const [first] = others;
  if (share > 0 && first !== undefined && others.every(lone)) {
    const place = config.spotShare === undefined ? "environment" : "yaml";
    const whose = others.length === 1 ? `${first} has` : `${others.join(" and ")} have`;
    list.add(place, ["spotShare"], share, allowed(whose), fix(first));
  }
}

const fix = (name: string): string => `leave spotShare out, or raise replicas.${name}.max`;
