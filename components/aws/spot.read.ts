import {
  isUnknownValue,
  known,
  unknown,
  type Leaf,
  type ReadPart,
  type ReplicaGroup,
  type Resource,
  type Value,
} from "../../model";
import { asNumber, asText, inside } from "./leaf.read";

const SPOT = "FARGATE_SPOT";

type Fargate = Extract<ReadPart<ReplicaGroup>["runtime"], { readonly kind: "ecs-fargate" }>;

/** What of a service on Fargate runs on Spot: the share of the tasks beyond the base, and the base where it is of another kind than all others. */
export function readSpot(service: Resource, strategies: readonly Value[]): Pick<Fargate, "spotShare" | "base"> {
  const property = "capacityProviderStrategies";
  const hidden = strategies
    .flatMap((strategy) => [strategy, ...["capacityProvider", "weight", "base"].map((key) => inside(strategy, key))])
    .find(isUnknownValue);
  if (hidden !== undefined) return { spotShare: unknown(service.urn, property, hidden.$unknown) };
  const providers = strategies.map((strategy) => ({
    spot: asText(inside(strategy, "capacityProvider") ?? null) === SPOT,
    weight: asNumber(inside(strategy, "weight") ?? 0) ?? 0,
    base: asNumber(inside(strategy, "base") ?? 0) ?? 0,
  }));
  const spotShare = shareOf(service, providers);
  const [base, ...others] = providers.filter((provider) => provider.base > 0);
  // Two bases are refused by ECS.
  if (others.length > 0) return { spotShare, base: unknown(service.urn, property, "unreadable") };
  if (base === undefined || (spotShare.known && spotShare.value === (base.spot ? 1 : 0))) return { spotShare };
  return {
    spotShare,
    base: {
      replicas: known(base.base, service.urn),
      on: known(base.spot ? "spot" : "on-demand", service.urn),
    },
  };
}

/** Weights count only among several; one provider alone has all. */
function shareOf(
  service: Resource,
  providers: readonly { readonly spot: boolean; readonly weight: number }[],
): Leaf<number> {
  if (providers.every(({ spot }) => !spot)) return known(0, service.urn);
  if (providers.every(({ spot }) => spot)) return known(1, service.urn);
  const all = providers.reduce((sum, { weight }) => sum + weight, 0);
  if (all === 0) return unknown(service.urn, "capacityProviderStrategies", "unreadable");
  const spot = providers.reduce((sum, { spot: taken, weight }) => sum + (taken ? weight : 0), 0);
  return known(spot / all, service.urn);
}
