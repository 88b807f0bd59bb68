import type { Source } from "../../model";

/** What a limit of CPU does to a container: it is a quota of the kernel's scheduler in each period, not a share. */
export const cpuLimit: { readonly periodMs: number; readonly source: Source } = {
  periodMs: 100,
  source: {
    title:
      "Kubernetes issue 51135, limits of CPU throttle below their limit too; without one an ingress' slowest 1 % took 5 ms in place of 60",
    url: "https://github.com/kubernetes/kubernetes/issues/51135",
    date: "2026-11-21",
  },
};

/** What memory above the request is: nobody set it aside. */
export const memoryAboveRequest: Source = {
  title: "Kubernetes, Node-pressure Eviction: pods above their requests are evicted first",
  url: "https://kubernetes.io/docs/concepts/scheduling-eviction/node-pressure-eviction/",
  date: "2026-11-21",
};
