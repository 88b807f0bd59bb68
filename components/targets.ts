import type { Target } from "../model";
import type { Implementation } from "./implementation";

/** One row a target, loaded only when it is built: nobody needs the SDK of a cloud that they do not use. */
export const implementations: { readonly [target in Target]?: () => Promise<Implementation> } = {
  aws: async () => (await import("./aws")).aws,
  kubernetes: async () => (await import("./kubernetes")).kubernetes,
};
