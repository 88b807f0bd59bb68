import type { types } from "@pulumi/kubernetes";
import type { Probe } from "../../model";

type Input = types.input.core.v1.Probe;

/** A probe of a container, of its first port where it asks one. */
export function probe({ check, intervalSeconds, timeoutSeconds, failures, successes }: Probe, port: string): Input {
  return {
    ...action(check, port),
    periodSeconds: intervalSeconds,
    timeoutSeconds,
    failureThreshold: failures,
    successThreshold: successes,
  };
}

function action(check: Probe["check"], port: string): Input {
  switch (check.kind) {
    case "http":
      return { httpGet: { path: check.path, port } };
    case "tcp":
      return { tcpSocket: { port } };
    case "grpc":
      throw new RangeError("probe: a gRPC check asks a port by its number; state tcp or a command");
    case "command":
      return { exec: { command: ["/bin/sh", "-c", check.command] } };
  }
}
