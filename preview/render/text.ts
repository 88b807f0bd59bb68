import { counted } from "../figures";
import { byService } from "../words";
import type { RenderedFile } from "./files";
import type { Rendered } from "./objects";

/** What was written, and what of the stacks is in no file. */
export function renderedText(to: string, files: readonly RenderedFile[], rendered: readonly Rendered[]): string {
  const types = rendered.flatMap(({ objects }) =>
    objects.map(({ apiVersion, kind }) => `kubernetes:${apiVersion}:${kind}`),
  );
  const lines = [`${counted(files.length, "file")} in ${to}: ${byService(types)}`];
  const all = rendered.flatMap((each) => each.secrets);
  // The same name in several clusters is to be made in each.
  const secrets = [...new Set(all)].sort().map((title) => {
    const clusters = all.filter((each) => each === title).length;
    return clusters === 1 ? title : `${title} (in each of ${clusters} clusters)`;
  });
  const others = rendered.flatMap((each) => each.others);
  const them = all.length === 1 ? "it" : "them";
  if (secrets.length > 0)
    lines.push(
      `not written, for files hold no secrets: ${counted(all.length, "Secret")} ${secrets.join(", ")}; make ${them} in the cluster, or refer to an external one`,
    );
  if (others.length > 0) lines.push(`not written, for they are in no cluster: ${byService(others)}`);
  const led = others.filter((type) => type.startsWith("aws:route53/"));
  if (led.length > 0)
    lines.push(
      `Route 53 is not YAML: without its ${counted(led.length, "record or health check", "records and health checks")} DNS leads nobody to the doors, nor from one region to the next; pulumi up makes them, or you by hand`,
    );
  return lines.join("\n");
}
