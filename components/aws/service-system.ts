import type { Environment, Existing, System } from "../../model";
import { routerOf } from "../../capacity";
import { nowOr, picked } from "../component-arguments";
import { stackWord, type Place } from "../component-request";
import { due, serviceFacts, serviceSystem } from "../service-facts";
import type { ServiceArgs, ServiceListener } from "./service-args";
import { networkChoice } from "./service-network";

/** A program in JavaScript may leave out anything. */
export type Said = Partial<ServiceArgs>;

/** Stands for what is known only after deploy; nothing is built with it. */
const LATER = { account: "123456789012", zone: "Z00000000", id: "0000000000000000" } as const;

/** Literal name under which the container finds a variable that is known only after deploy. */
export function parameterName(service: string, variable: string, place: Place): string {
  return `/${stackWord(place)}/${service}/${variable}`;
}

/** The service, and its cache, as a system of the planner. */
export function systemOf(name: string, args: Said, place: Place): System {
  const facts = serviceFacts(args, (variable) => parameterName(name, variable, place), [routerOf(args.logs)]);
  return serviceSystem(name, args, { ...facts, ...picked(args, ["permissions"]) });
}

/** What it stands in, as an environment. */
export function environmentOf(args: Said, zones: readonly string[], region: string): Environment {
  const { tier = "prod", network, alerts, domain } = args;
  return {
    tier,
    regions: { [region]: { zones } },
    network: due(network === undefined ? undefined : networkChoice(network, zones)),
    alerts: due(
      alerts !== undefined && "topicArn" in alerts
        ? {
            existing: { topicArn: nowOr(alerts.topicArn, `arn:aws:sns:${region}:${LATER.account}:known-after-deploy`) },
          }
        : alerts,
    ),
    ...(domain === undefined
      ? {}
      : {
          domain: {
            name: domain.name,
            zone: { existing: { id: nowOr(domain.zoneId, LATER.zone) } },
            ...(domain.certificateArn === undefined
              ? {}
              : {
                  certificate: {
                    existing: {
                      arn: nowOr(
                        domain.certificateArn,
                        `arn:aws:acm:${region}:${LATER.account}:certificate/known-after-deploy`,
                      ),
                    },
                  },
                }),
          },
        }),
    ...picked(args, ["cluster", "protect", "logDays", "tags"]),
  };
}

const choices = [
  "deploys",
  "budget",
  "quotas",
  "utilisationCeiling",
  "headroom",
  "elastic",
  "architecture",
  "surgeShare",
  "minReplicas",
  "replicaDropShare",
  "spotShare",
  "registries",
  "logs",
  "waivers",
  "prices",
] as const;

/** The rest, as a stack says it. */
export function configOf(
  name: string,
  args: Said,
  { stack }: Place,
  region: string | undefined,
): Readonly<Record<string, unknown>> {
  return {
    system: name,
    environment: stack,
    target: "aws",
    load: args.load,
    images: args.image === undefined ? {} : { [name]: nowOr(args.image, laterImage(region ?? "us-east-1")) },
    ...(region === undefined ? {} : { region }),
    ...(args.listener === undefined ? {} : { existing: { [name]: listenerOf(args.listener, region ?? "us-east-1") } }),
    ...(args.size === undefined ? {} : { sizes: { [name]: args.size } }),
    ...(args.replicas === undefined ? {} : { replicas: { [name]: args.replicas } }),
    ...picked(args, choices),
  };
}

/** Where any network may pull from: which registry it will be nobody knows yet. */
function laterImage(region: string): string {
  return `${LATER.account}.dkr.ecr.${region}.amazonaws.com/known-after-deploy:later`;
}

/** Only what is known now is checked; what is not is replaced by what nothing is built with. */
function listenerOf(listener: ServiceListener, region: string): Existing {
  const { listenerArn, securityGroupId, url, priority, hosts, paths } = listener;
  const later = `arn:aws:elasticloadbalancing:${region}:${LATER.account}:listener/app/known-after-deploy/${LATER.id}/${LATER.id}`;
  return {
    listenerArn: nowOr(listenerArn, later),
    securityGroupId: nowOr(securityGroupId, "sg-00000000"),
    url: nowOr(url, "http://known-after-deploy.invalid"),
    priority,
    ...(hosts === undefined ? {} : { hosts }),
    ...(paths === undefined ? {} : { paths }),
  };
}
