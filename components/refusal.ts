import * as pulumi from "@pulumi/pulumi";

/**
 * What the user can mend, without frames: they would show nothing but our own code. And Node 20 loops over those of the
 * SDK (a file right below node_modules/@pulumi, as its source maps say) until half a gigabyte is full, which took 15 s.
 */
export function refusal(message: string): pulumi.RunError {
  const error = new pulumi.RunError(message);
  error.stack = message;
  return error;
}

/** A throw of a builder, or of the user's transform: its message, and the first place outside the libraries that it came from. */
export function builtOrRefused<T>(build: () => T, what: string): T {
  try {
    return build();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const frames = (error.stack ?? "")
      .split("\n")
      .flatMap((line) => /^\s+at .*?\(?([^\s()]+:\d+:\d+)\)?$/.exec(line)?.[1] ?? []);
    const place = frames.find((frame) => !/node_modules|^node:/.test(frame));
    throw refusal(`${what} cannot be built: ${error.message}${place === undefined ? "" : ` (${place})`}`);
  }
}
