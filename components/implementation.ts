import type * as pulumi from "@pulumi/pulumi";
import type { Plan, Request } from "../model";

/** What a target gives back of a built system. */
export interface Built {
  /** Of the entry; undefined where nothing is reached from outside the group. */
  readonly url: pulumi.Output<string> | undefined;
}

/** A target that can be built. `transform` is the target's own: a typed override for each child. */
export interface Implementation<T = unknown> {
  build(plan: Plan, request: Request, parent: pulumi.ComponentResource, transform?: T): Built;
}
