import { isUnknownValue } from "../../model";
import type { Inputs, Value } from "../../model";

/** Does that change replace, by the resource's inputs before and after? null: inputs do not tell. */
export type ReplacingCase = (before: Inputs, after: Inputs) => boolean | null;

const text = (value: Value | undefined): string | null => (typeof value === "string" ? value : null);

/** `8.1` as a number that compares: 8.001; null for what is no version. */
function versionOf(value: Value | undefined): number | null {
  const found = /^(\d+)(?:\.(\d+))?/.exec(text(value) ?? "");
  return found === null ? null : Number(found[1]) + Number(found[2] ?? 0) / 1000;
}

/** An engine goes up in place, and not down. Between engines it is the engine that decides. */
export const toLowerVersion: ReplacingCase = (before, after) => {
  const [from, to] = [versionOf(before["engineVersion"]), versionOf(after["engineVersion"])];
  if (from === null || to === null || text(before["engine"]) !== text(after["engine"])) return null;
  return to < from;
};

export const fromValkeyToRedis: ReplacingCase = (before, after) => {
  const [from, to] = [text(before["engine"]), text(after["engine"])];
  if (from === null || to === null) return null;
  return from === "valkey" && to === "redis";
};

/** 7.0 may be below 7.0.5 or not. */
export const encryptedBelow705: ReplacingCase = (_, after) => {
  const version = versionOf(after["engineVersion"]);
  if (version === null || version === 7) return null;
  return version < 7;
};

export const toDedicated: ReplacingCase = (_, after) => {
  const { instanceTenancy } = after;
  return isUnknownValue(instanceTenancy) ? null : (instanceTenancy ?? "default") !== "default";
};

export const notInterface: ReplacingCase = (_, after) => {
  const { vpcEndpointType } = after;
  return isUnknownValue(vpcEndpointType) ? null : (vpcEndpointType ?? "Gateway") !== "Interface";
};

export const fromAdvancedToStandard: ReplacingCase = (before, after) => {
  if (isUnknownValue(before["tier"]) || isUnknownValue(after["tier"])) return null;
  return before["tier"] === "Advanced" && after["tier"] === "Standard";
};

/** A strategy changes in place by a deployment that is forced, and never comes or goes so. */
export const strategyNotDeployed: ReplacingCase = (before, after) => {
  const length = (value: Value | undefined): number | null =>
    value === undefined || value === null ? 0 : Array.isArray(value) ? value.length : null;
  const [had, has] = [length(before["capacityProviderStrategies"]), length(after["capacityProviderStrategies"])];
  if (had === null || has === null || isUnknownValue(after["forceNewDeployment"])) return null;
  return after["forceNewDeployment"] !== true || (had === 0) !== (has === 0);
};
