// Validates objects of Kubernetes by the models' compiled validators, which are ESM only: a process of its own.
// In: JSON list of objects. Out: JSON list, for each object its mistakes, or null where no model knows its kind.
import { Buffer } from "node:buffer";
import process from "node:process";

/** Packages of custom resources, by the end of their group. */
const custom = [
  ["gateway.networking.k8s.io", "@kubernetes-models/gateway-api"],
  ["monitoring.coreos.com", "@kubernetes-models/prometheus-operator"],
  ["gateway.envoyproxy.io", "@kubernetes-models/envoy-gateway"],
  ["istio.io", "@kubernetes-models/istio"],
  ["karpenter.sh", "@kubernetes-models/karpenter"],
  ["cert-manager.io", "@kubernetes-models/cert-manager"],
];

async function modelOf({ apiVersion, kind }) {
  const [group, version] = String(apiVersion).includes("/") ? apiVersion.split("/") : ["", apiVersion];
  const home = custom.find(([end]) => group === end || group.endsWith(`.${end}`))?.[1] ?? "kubernetes-models";
  const folder = group === "" ? version : `${group}/${version}`;
  try {
    return (await import(`${home}/${folder}/${kind}`))[kind];
  } catch (error) {
    if (["ERR_MODULE_NOT_FOUND", "ERR_PACKAGE_PATH_NOT_EXPORTED"].includes(error.code)) return undefined;
    throw error;
  }
}

/**
 * The object as the validator sees it, writing down which fields it looks at. A validator looks at every field that its schema names, set
 * or not; fields that nobody looked at are in no schema. Of an object without a named field (labels, free-form) nothing is asked.
 */
function watched(value, path, seen) {
  if (typeof value !== "object" || value === null) return value;
  const looked = new Set();
  seen.push({ value, path, looked });
  const children = new Map();
  return new Proxy(value, {
    get(target, key) {
      if (typeof key !== "string") return Reflect.get(target, key);
      looked.add(key);
      if (!Object.hasOwn(target, key) || key === "length") return Reflect.get(target, key);
      if (!children.has(key))
        children.set(
          key,
          watched(target[key], Array.isArray(target) ? `${path}[]` : path === "" ? key : `${path}.${key}`, seen),
        );
      return children.get(key);
    },
  });
}

function unknownFields(seen) {
  return seen.flatMap(({ value, path, looked }) =>
    Array.isArray(value) || looked.size === 0
      ? []
      : Object.keys(value)
          .filter((key) => !looked.has(key))
          .map((key) => `${path === "" ? key : `${path}.${key}`}: unknown field`),
  );
}

async function mistakesIn(object) {
  const Model = await modelOf(object);
  if (Model === undefined) return null;
  const seen = [];
  const mistakes = [];
  try {
    Model.prototype.validate.call(watched(object, "", seen));
  } catch (error) {
    if (!Array.isArray(error.errors)) throw error;
    mistakes.push(String(error.message));
  }
  return [...new Set([...mistakes, ...unknownFields(seen)])];
}

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const objects = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const answers = [];
for (const object of objects) answers.push(await mistakesIn(object));
process.stdout.write(JSON.stringify(answers));
