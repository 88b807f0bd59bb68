import { at, chooses, list, pods, titleOf, type Content, type Pod } from "./rendered";

/** What is expected of what nines writes. */
export type Expected =
  | "pass"
  /** It fails on purpose, for a reason; somewhere it must, or the exception is none. */
  | { readonly exception: string }
  /** There is nothing of what it is about. */
  | { readonly none: string };

/** A check of another tool, in our words. */
export interface Checked {
  readonly id: string;
  readonly expect: Expected;
  /** What breaks it, by title; undefined: the check is about what is not there. */
  readonly broken?: (objects: readonly Content[]) => readonly string[];
  /** Kinds that it is about, where none of them is written. */
  readonly kinds?: readonly string[];
}

/** Breaks where the test of a pod fails. */
export const everyPod =
  (test: (pod: Pod, objects: readonly Content[]) => boolean, ...kinds: readonly string[]) =>
  (objects: readonly Content[]): readonly string[] =>
    pods(objects, ...kinds)
      .filter((pod) => !test(pod, objects))
      .map(({ object }) => titleOf(object));

/** Breaks where the test of the container that a pod is there for fails. */
export const everyMain = (test: (container: unknown) => boolean, ...kinds: readonly string[]) =>
  everyPod(({ spec }) => list(spec, "containers").slice(0, 1).every(test), ...kinds);

/** Breaks where the test of a container fails. */
export const everyContainer = (test: (container: unknown, pod: Pod) => boolean) =>
  everyPod((pod) => pod.containers.every((container) => test(container, pod)));

/** Breaks where the test of an object of a kind fails. */
export const every =
  (kind: string, test: (object: Content, objects: readonly Content[]) => boolean) =>
  (objects: readonly Content[]): readonly string[] =>
    objects.filter((object) => object["kind"] === kind && !test(object, objects)).map(titleOf);

/** Does what an object selects by, at a path, choose pods as a workload describes them? */
export const selectsPods = (object: Content, path: string, objects: readonly Content[]): boolean =>
  pods(objects).some(({ labels }) => chooses(at(object, path), labels));

/** A setting of a container's or its pod's security. */
export const secured = (container: unknown, pod: Pod, path: string): unknown =>
  at(container, `securityContext.${path}`) ?? at(pod.spec, `securityContext.${path}`);
