import { deployment, nodes } from "./counting";

const range = (limits: string, namespace = "shop"): string => `apiVersion: v1
kind: LimitRange
metadata: { name: usual, namespace: ${namespace} }
spec: { limits: [{ type: Pod, max: { cpu: 8 } }, ${limits}] }
`;
const silent = deployment({ container: "resources: {}" });
const usual = range("{ type: Container, defaultRequest: { cpu: 2001m }, default: { cpu: 3 } }");

describe("what pods do not say", () => {
  test("a LimitRange of their namespace gives: two of 2,001 millis stand on no node of four cores", async () => {
    expect(await nodes(silent)).toBe(3);
    expect(await nodes(silent, usual)).toBe(6);
    expect(await nodes(silent, usual.replace("namespace: shop", "namespace: other"))).toBe(3);
  });

  test("by its default limit where it has no default request", async () => {
    expect(await nodes(silent, range("{ type: Container, default: { cpu: 2001m } }"))).toBe(6);
    expect(await nodes(silent, range("{ type: Pod, default: { cpu: 2001m } }"))).toBe(3);
  });

  test("and leaves what they say, a limit alone too", async () => {
    expect(await nodes(deployment(), usual)).toBe(3);
    expect(await nodes(deployment({ container: "resources: { limits: { cpu: 500m } }" }), usual)).toBe(3);
  });
});
