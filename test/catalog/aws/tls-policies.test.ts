import { tlsFloorOf, tlsPolicies } from "../../../catalog/aws/tls-policies";

describe("TLS policies of balancers", () => {
  test.each([
    ["ELBSecurityPolicy-TLS13-1-3-2021-06", "1.3"],
    ["ELBSecurityPolicy-TLS13-1-3-FIPS-2023-04", "1.3"],
    ["ELBSecurityPolicy-TLS13-1-2-2021-06", "1.2"],
    ["ELBSecurityPolicy-TLS13-1-2-Res-2021-06", "1.2"],
    ["ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", "1.2"],
    ["ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09", "1.2"],
    ["ELBSecurityPolicy-TLS13-1-2-Res-FIPS-PQ-2025-09", "1.2"],
    ["ELBSecurityPolicy-TLS-1-2-Ext-2018-06", "1.2"],
    ["ELBSecurityPolicy-FS-1-2-Res-2020-10", "1.2"],
    ["ELBSecurityPolicy-FS-1-1-2019-08", "1.1"],
    ["ELBSecurityPolicy-TLS13-1-1-2021-06", "1.1"],
    ["ELBSecurityPolicy-TLS13-1-0-2021-06", "1.0"],
    ["ELBSecurityPolicy-FS-2018-06", "1.0"],
    ["ELBSecurityPolicy-2016-08", "1.0"],
    ["ELBSecurityPolicy-Somebody-1-2-2030-01", null],
  ])("%s accepts TLS %s and later", (policy, floor) => {
    expect(tlsFloorOf(policy)).toBe(floor);
  });

  test("that nines asks for have the floor that they stand for", () => {
    expect(Object.entries(tlsPolicies).map(([floor, policy]) => [floor, tlsFloorOf(policy)])).toEqual([
      ["1.2", "1.2"],
      ["1.3", "1.3"],
    ]);
  });
});
