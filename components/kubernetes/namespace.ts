import { Namespace as NamespaceObject, type NamespaceArgs as ObjectArgs } from "@pulumi/kubernetes/core/v1";
import * as pulumi from "@pulumi/pulumi";
import { transformed, type Transform } from "../transform";

export interface NamespaceArgs {
  /** Physical name. */
  readonly namespace: string;
  readonly stack: string;
  /** Deletion needs a second step. */
  readonly protect: boolean;
  readonly transform?: { readonly namespace?: Transform<ObjectArgs> };
}

/** Where the objects of a stack live: Pod Security refuses pods in it that are not restricted. */
export class Namespace extends pulumi.ComponentResource {
  readonly name: pulumi.Output<string>;

  constructor(name: string, args: NamespaceArgs, opts?: pulumi.ComponentResourceOptions) {
    super("nines:kubernetes:Namespace", name, {}, opts);
    const restricted = (mode: string) => ({ [`pod-security.kubernetes.io/${mode}`]: "restricted" });
    const namespace = new NamespaceObject(
      name,
      transformed<ObjectArgs>(
        {
          metadata: {
            name: args.namespace,
            labels: {
              "app.kubernetes.io/part-of": args.stack,
              "app.kubernetes.io/managed-by": "nines",
              ...restricted("enforce"),
              ...restricted("audit"),
              ...restricted("warn"),
            },
          },
        },
        args.transform?.namespace,
      ),
      { parent: this, protect: args.protect },
    );
    this.name = namespace.metadata.name;
    this.registerOutputs({ name: this.name });
  }
}
