import type * as pulumi from "@pulumi/pulumi";
import * as lb from "@pulumi/aws/lb";
import { tlsPolicies } from "../../catalog/aws/tls-policies";
import type { Listener } from "../../model";
import type { LoadBalancerFacts } from "./load-balancer-args";
import { transformed } from "../transform";

/** One listener a port; the one that leads to the target comes back. `certificateArn` is null where nothing speaks TLS. */
export function listeners(
  facts: LoadBalancerFacts,
  balancer: lb.LoadBalancer,
  group: lb.TargetGroup,
  certificateArn: pulumi.Input<string> | null,
): lb.Listener {
  const { part, name, parent, tags, transform } = facts;
  const secure = part.listeners.find(({ tlsFloor }) => tlsFloor !== null);
  const made = part.listeners.map((listener) => ({
    listener,
    resource: new lb.Listener(
      `${name}-listener-${listener.port}`,
      transformed<lb.ListenerArgs>(
        {
          loadBalancerArn: balancer.arn,
          port: listener.port,
          ...protocol(listener, certificateArn),
          defaultActions: [
            listener.redirects && secure !== undefined
              ? { type: "redirect", redirect: { protocol: "HTTPS", port: String(secure.port), statusCode: "HTTP_301" } }
              : { type: "forward", targetGroupArn: group.arn },
          ],
          region: part.region,
          tags,
        },
        transform.listener,
      ),
      { parent },
    ),
  }));
  const leading = made.find(({ listener }) => !listener.redirects);
  if (leading === undefined) throw new RangeError(`listeners of ${part.key}: none leads to the target`);
  return leading.resource;
}

function protocol(
  { tlsFloor }: Listener,
  certificateArn: pulumi.Input<string> | null,
): Pick<lb.ListenerArgs, "protocol" | "sslPolicy" | "certificateArn"> {
  if (tlsFloor !== "1.2" && tlsFloor !== "1.3") return { protocol: "HTTP" };
  return {
    protocol: "HTTPS",
    sslPolicy: tlsPolicies[tlsFloor],
    ...(certificateArn === null ? {} : { certificateArn }),
  };
}
