import * as pulumi from "@pulumi/pulumi";
import * as secretsmanager from "@pulumi/aws/secretsmanager";
import * as ssm from "@pulumi/aws/ssm";
import type { ReplicaGroup, SecretReference } from "../../model";
import { transformed, type Transform } from "../transform";

/** An environment variable whose value is known only after the deployment, such as a balancer's address. Not for secrets. */
export interface Wire {
  readonly name: string;
  readonly value: pulumi.Input<string>;
}

export interface ContainerSecretsArgs {
  readonly part: ReplicaGroup;
  /** Start of every physical name. */
  readonly stack: string;
  readonly secrets: Readonly<Record<string, SecretReference>>;
  readonly wires: readonly Wire[];
  readonly tags: Readonly<Record<string, string>>;
  readonly transform?: {
    readonly secret?: Transform<secretsmanager.SecretArgs>;
    readonly parameter?: Transform<ssm.ParameterArgs>;
  };
}

/** What the container reads its secrets from, and what the execution role must be let to read. */
export interface ContainerSecrets {
  /** By environment variable: literal. */
  readonly valueFrom: Readonly<Record<string, string>>;
  readonly parameterArns: readonly pulumi.Input<string>[];
  readonly secretArns: readonly pulumi.Input<string>[];
  readonly created: readonly pulumi.Resource[];
  /** Somebody has to fill one before a replica can start. */
  readonly awaitsPerson: boolean;
}

/**
 * Parameter Store hands out a secret of Secrets Manager under this name (AWS Systems Manager User Guide, referencing
 * Secrets Manager secrets from Parameter Store parameters), so a container can name one whose ARN is not known yet.
 */
const SECRET_BY_NAME = "/aws/reference/secretsmanager/";

/** Creates what is to be created and names all of it. Throws a RangeError for a variable that the Part and the arguments do not share. */
export function containerSecrets(args: ContainerSecretsArgs, name: string, parent: pulumi.Resource): ContainerSecrets {
  refuseStrangers(args);
  const { part, stack, tags, transform } = args;
  const valueFrom: Record<string, string> = {};
  const parameterArns: pulumi.Input<string>[] = [];
  const secretArns: pulumi.Input<string>[] = [];
  const created: pulumi.Resource[] = [];
  let awaitsPerson = false;
  const parameter = (variable: string, own: Partial<ssm.ParameterArgs>, ignoreChanges: string[]) => {
    const physical = `/${stack}/${part.workload}/${variable}`;
    const made = new ssm.Parameter(
      `${name}-${variable}`,
      transformed({ name: physical, type: "String", region: part.region, tags, ...own }, transform?.parameter),
      { parent, ignoreChanges },
    );
    valueFrom[variable] = physical;
    parameterArns.push(made.arn);
    created.push(made);
  };
  for (const { name: variable, value } of args.wires) parameter(variable, { insecureValue: value }, []);
  for (const [variable, reference] of Object.entries(args.secrets)) {
    if ("existing" in reference) {
      const { existing } = reference;
      valueFrom[variable] = existing;
      const read = existingArns(existing, part.region);
      secretArns.push(...read.secretArns);
      parameterArns.push(...read.parameterArns);
      continue;
    }
    awaitsPerson = true;
    if (reference.create === "parameter") {
      // A person puts the value in; a later deployment leaves it alone.
      parameter(variable, { type: "SecureString", value: "to-be-filled" }, ["value"]);
      continue;
    }
    const physical = `${stack}/${part.workload}/${variable}`;
    const secret = new secretsmanager.Secret(
      `${name}-${variable}`,
      transformed({ name: physical, region: part.region, tags }, transform?.secret),
      { parent },
    );
    valueFrom[variable] = SECRET_BY_NAME + physical;
    parameterArns.push(parameterArn(part.region, SECRET_BY_NAME + physical));
    secretArns.push(secret.arn);
    created.push(secret);
  }
  return { valueFrom, parameterArns, secretArns, created, awaitsPerson };
}

/** What a role must be let to read for one that exists. */
export function existingArns(
  existing: string,
  region: string,
): { readonly secretArns: readonly string[]; readonly parameterArns: readonly string[] } {
  if (/^arn:[^:]+:secretsmanager:/.test(existing)) return { secretArns: [secretArnOf(existing)], parameterArns: [] };
  return {
    parameterArns: [existing.startsWith("arn:") ? existing : parameterArn(region, existing)],
    secretArns: existing.startsWith(SECRET_BY_NAME) ? [secretArn(region, existing.slice(SECRET_BY_NAME.length))] : [],
  };
}

function refuseStrangers({ part, secrets, wires }: ContainerSecretsArgs): void {
  const given = [...Object.keys(secrets), ...wires.map((wire) => wire.name)].sort();
  const planned = part.secrets.map((secret) => secret.name).sort();
  if (given.join() !== planned.join()) {
    throw new RangeError(
      `secrets of ${part.key}: planned ${planned.join(", ") || "none"}, given ${given.join(", ") || "none"}`,
    );
  }
}

function parameterArn(region: string, parameter: string): string {
  return `arn:aws:ssm:${region}:*:parameter/${parameter.replace(/^\//, "")}`;
}

/** Secrets Manager adds a hyphen and six characters to a secret's name. */
function secretArn(region: string, secret: string): string {
  return `arn:aws:secretsmanager:${region}:*:secret:${secret}-??????`;
}

/** The secret's own ARN: a reference may go on with a JSON key, a stage and a version. */
function secretArnOf(reference: string): string {
  return reference.split(":").slice(0, 7).join(":");
}
