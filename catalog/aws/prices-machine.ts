import { machineTypes, xlarges } from "./machines";
import type { InstanceCell, PriceGrade } from "./price-row";
import type { PriceSourceKey } from "./price-sources";

/** us-east-1, an xlarge: on demand, Linux, shared tenancy, an hour. N times that for an Nxlarge, to the last digit in the list that was read. */
const perXlarge = {
  t2: 0.1856,
  t3: 0.1664,
  t3a: 0.1504,
  t4g: 0.1344,
  m5: 0.192,
  m5a: 0.172,
  m5d: 0.226,
  m6a: 0.1728,
  m6g: 0.154,
  m6gd: 0.1808,
  m6i: 0.192,
  m7a: 0.23184,
  m7g: 0.1632,
  m7i: 0.2016,
  "m7i-flex": 0.19152,
  m8g: 0.17952,
  c5: 0.17,
  c5a: 0.154,
  c6a: 0.153,
  c6g: 0.136,
  c6gn: 0.1728,
  c6i: 0.17,
  c7a: 0.20528,
  c7g: 0.145,
  c7gn: 0.2496,
  c7i: 0.1785,
  c8g: 0.15952,
  r5: 0.252,
  r5a: 0.226,
  r6a: 0.2268,
  r6g: 0.2016,
  r6i: 0.252,
  r7a: 0.3043,
  r7g: 0.2142,
  r7i: 0.2646,
  r8g: 0.23564,
  i3: 0.312,
  i3en: 0.452,
  x2gd: 0.334,
} as const;

/** us-east-1: types whose price is no multiple of their family's xlarge. */
const ofTheirOwn: Readonly<Record<string, number>> = {
  "t2.nano": 0.0058,
  "t2.micro": 0.0116,
  "t2.small": 0.023,
  "t3.nano": 0.0052,
  "t3.micro": 0.0104,
  "t3.small": 0.0208,
  "t3a.nano": 0.0047,
  "t3a.micro": 0.0094,
  "t3a.small": 0.0188,
  "t4g.nano": 0.0042,
  "t4g.micro": 0.0084,
  "t4g.small": 0.0168,
  "c7g.medium": 0.0363,
  "r7g.medium": 0.0536,
  "r7a.medium": 0.07608,
  "c7i-flex.large": 0.08479,
  "c7i-flex.xlarge": 0.16958,
  "c7i-flex.2xlarge": 0.33915,
  "c7i-flex.4xlarge": 0.6783,
  "c7i-flex.8xlarge": 1.3566,
  "c7i-flex.12xlarge": 2.0349,
  "c7i-flex.16xlarge": 2.7132,
  "i4i.large": 0.172,
  "i4i.xlarge": 0.343,
  "i4i.2xlarge": 0.686,
  "i4i.4xlarge": 1.373,
  "i4i.8xlarge": 2.746,
  "i4i.12xlarge": 4.118,
  "i4i.16xlarge": 5.491,
  "i4i.24xlarge": 8.2368,
  "i4i.32xlarge": 10.9824,
};

/** us-east-1: machines with a GPU or an accelerator; elsewhere none was found. */
const accelerated: Readonly<Record<string, number>> = {
  "g4dn.xlarge": 0.526,
  "g4dn.2xlarge": 0.752,
  "g4dn.4xlarge": 1.204,
  "g4dn.8xlarge": 2.176,
  "g4dn.12xlarge": 3.912,
  "g4dn.16xlarge": 4.352,
  "g5.xlarge": 1.006,
  "g5.2xlarge": 1.212,
  "g5.4xlarge": 1.624,
  "g5.8xlarge": 2.448,
  "g5.12xlarge": 5.672,
  "g5.16xlarge": 4.096,
  "g5.24xlarge": 8.144,
  "g5.48xlarge": 16.288,
  "g6.xlarge": 0.8048,
  "g6.2xlarge": 0.9776,
  "g6.4xlarge": 1.3232,
  "g6.8xlarge": 2.0144,
  "g6.12xlarge": 4.6016,
  "g6.16xlarge": 3.3968,
  "g6.24xlarge": 6.6752,
  "g6.48xlarge": 13.3504,
  "g6e.xlarge": 1.861,
  "g6e.2xlarge": 2.24208,
  "g6e.4xlarge": 3.00424,
  "g6e.8xlarge": 4.52856,
  "g6e.12xlarge": 10.49264,
  "g6e.16xlarge": 7.57719,
  "g6e.24xlarge": 15.06559,
  "g6e.48xlarge": 30.13118,
  "p4d.24xlarge": 21.957642,
  "p5.48xlarge": 55.04,
  "inf2.xlarge": 0.7582,
  "inf2.8xlarge": 1.96786,
  "inf2.24xlarge": 6.49063,
  "inf2.48xlarge": 12.98127,
};

/** Elsewhere, as read: family, region, and a price for each size from `first` on, doubling in name. */
const elsewhere: readonly (readonly [family: string, region: string, source: PriceSourceKey, usd: SizePrices])[] = [
  [
    "m7g",
    "eu-west-1",
    "price-list-regions",
    { medium: 0.0455, large: 0.091, xlarge: 0.1819, "2xlarge": 0.3638, "4xlarge": 0.7276 },
  ],
  ["m7i", "eu-west-1", "price-list-regions", { large: 0.11235, xlarge: 0.2247, "2xlarge": 0.4494, "4xlarge": 0.8988 }],
  [
    "c7g",
    "eu-west-1",
    "price-list-regions",
    { medium: 0.0388, large: 0.0775, xlarge: 0.155, "2xlarge": 0.3101, "4xlarge": 0.6202 },
  ],
  [
    "r7g",
    "eu-west-1",
    "price-list-regions",
    { medium: 0.0599, large: 0.1199, xlarge: 0.2397, "2xlarge": 0.4794, "4xlarge": 0.9588 },
  ],
  ["t4g", "eu-west-1", "price-list-regions", { medium: 0.0368, large: 0.0736, xlarge: 0.1472 }],
  ["m7g", "eu-central-1", "skypilot", { "2xlarge": 0.391, "12xlarge": 2.3462 }],
  ["m7g", "ap-northeast-1", "skypilot", { "2xlarge": 0.4216, "4xlarge": 0.8432, "16xlarge": 3.3728 }],
  ["m6a", "eu-west-1", "skypilot", { large: 0.0963 }],
  ["m6a", "eu-central-1", "skypilot", { large: 0.1035 }],
  ["m6a", "ap-northeast-1", "skypilot", { large: 0.1116 }],
];

type SizePrices = Readonly<Record<string, number>>;
type Row = readonly [type: string, region: string, usd: number, source: PriceSourceKey, grade: PriceGrade];

const exact = (usd: number): number => Math.round(usd * 1e6) / 1e6;

function usEast1(): readonly Row[] {
  return [...machineTypes().values()].flatMap(({ name, family }): Row[] => {
    const size = xlarges(name.slice(name.indexOf(".") + 1));
    const whole = Object.hasOwn(perXlarge, family) ? perXlarge[family as keyof typeof perXlarge] : undefined;
    const usd =
      ofTheirOwn[name] ?? accelerated[name] ?? (whole === undefined || size === null ? undefined : exact(size * whole));
    return usd === undefined ? [] : [[name, "us-east-1", usd, "karpenter", "A"]];
  });
}

/** Sizes of a family that were not read follow from the largest that was: prices double with the size. */
function restOf(family: string, region: string, read: SizePrices): readonly Row[] {
  const [size, usd] = Object.entries(read).at(-1) ?? [];
  const base = xlarges(size ?? "");
  if (usd === undefined || base === null) return [];
  return [...machineTypes().values()].flatMap((type): Row[] => {
    const own = type.name.slice(type.name.indexOf(".") + 1);
    const times = xlarges(own);
    if (type.family !== family || times === null || Object.hasOwn(read, own)) return [];
    // As many digits as prices of that region were read with.
    return [[type.name, region, Math.round((usd / base) * times * 1e5) / 1e5, "doubled-size", "D"]];
  });
}

/** Every machine price that is known. */
export function machineCells(): readonly InstanceCell[] {
  const first = usEast1();
  const rows: readonly Row[] = [
    ...first,
    ...first
      .filter(([type]) => !Object.hasOwn(accelerated, type))
      .map(([type, , usd]): Row => [type, "us-west-2", usd, "same-as-us-east-1", "D"]),
    ...elsewhere.flatMap(([family, region, source, usd]): Row[] => [
      ...Object.entries(usd).map(([size, price]): Row => [`${family}.${size}`, region, price, source, "A"]),
      ...restOf(family, region, usd),
    ]),
  ];
  return rows.map(([type, region, usd, source, grade]) => [`machine-hour:${type}`, region, usd, source, grade]);
}
