import { existsSync, readdirSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import { gunzipSync } from "node:zlib";

/** What one argument of AWS's API may be, as its model says. */
export interface Shape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, { readonly shape: string }>>;
  readonly member?: { readonly shape: string };
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
}

interface Model {
  readonly operations: Readonly<Record<string, { readonly input?: { readonly shape: string } }>>;
  readonly shapes: Readonly<Record<string, Shape>>;
}

/** Where `npm run test:engine:oracle` puts them: outside the repository. */
const cache = process.env["NINES_ORACLE_CACHE"] ?? path.join(homedir(), ".cache/nines/botocore");
const data = path.join(cache, "botocore/data");

/** Are the API models there? */
export const modelsAreThere = existsSync(data);

const models = new Map<string, Model>();

/** The newest model of a service. */
export function modelOf(service: string): Model {
  const known = models.get(service);
  if (known !== undefined) return known;
  const version = readdirSync(path.join(data, service)).sort().at(-1) ?? "";
  const packed = readFileSync(path.join(data, service, version, "service-2.json.gz"));
  const model = JSON.parse(gunzipSync(packed).toString("utf8")) as Model;
  models.set(service, model);
  return model;
}

/** Several declarations share a word for one member: `subnetIds` for SubnetIds, `metricQueries` does not. */
export function memberNamed(shape: Shape, name: string): string | undefined {
  const wanted = name.toLowerCase();
  const members = Object.keys(shape.members ?? {});
  return (
    members.find((member) => member.toLowerCase() === wanted) ??
    members.find((member) => singular(member.toLowerCase()) === singular(wanted))
  );
}

function singular(word: string): string {
  return word.replace(/ies$/, "y").replace(/s$/, "");
}
