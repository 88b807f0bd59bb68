import type { Source } from "../../model";

/** What a NodePool of karpenter.sh/v1 means where it says nothing. */
export const karpenterDefaults: {
  readonly consolidation: string;
  readonly consolidateAfter: string;
  readonly budget: string;
  readonly expireAfter: string;
  readonly source: Source;
} = {
  consolidation: "WhenEmptyOrUnderutilized",
  consolidateAfter: "0s",
  budget: "10%",
  expireAfter: "720h",
  source: {
    title: "Karpenter, definition of NodePool karpenter.sh/v1 (v1.7.3)",
    url: "https://raw.githubusercontent.com/aws/karpenter-provider-aws/v1.7.3/pkg/apis/crds/karpenter.sh_nodepools.yaml",
    date: "2026-11-22",
  },
};
