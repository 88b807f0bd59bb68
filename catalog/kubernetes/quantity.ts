/**
 * Amounts as Kubernetes writes them: `500m`, `0.5`, `1e3`, `128974848`, `4G`, `4Gi`. A suffix is decimal (n u m k M G T P E), binary
 * (Ki Mi Gi Ti Pi Ei) or an exponent of ten (e3, E-2). Source: Kubernetes 1.36 apimachinery, pkg/api/resource/quantity.go, read
 * 2026-11-21. Counted exactly: what a float would round, a scheduler does not.
 */
interface Amount {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

const SHAPE = /^([+-]?)(\d+\.?\d*|\.\d+)(?:([KMGTPE]i)|([numkMGTPE])|[eE]([+-]?\d{1,2}))?$/;

/** Powers of ten. */
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
/** Powers of two. */
const binary: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
const MEBIBYTE = 2 ** 20;

function amountOf(given: string | number): Amount | undefined {
  const shape = SHAPE.exec(String(given));
  if (shape === null) return undefined;
  const [, sign = "", digits = "", two, ten, exponent] = shape;
  const [whole = "", fraction = ""] = digits.split(".");
  const mantissa = BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  const power = (ten === undefined ? Number(exponent ?? 0) : (decimal[ten] ?? 0)) - fraction.length;
  const twos = two === undefined ? 1n : 1n << BigInt(binary[two] ?? 0);
  return power < 0
    ? { numerator: mantissa * twos, denominator: 10n ** BigInt(-power) }
    : { numerator: mantissa * twos * 10n ** BigInt(power), denominator: 1n };
}

/** What is left over counts whole, as the API server counts it. */
function roundedUp(numerator: bigint, denominator: bigint): number {
  const whole = numerator / denominator;
  return Number(whole * denominator < numerator ? whole + 1n : whole);
}

/** Thousandths of a core, rounded up: `0.5` and `500m` are 500, `2` is 2000. undefined: this is no quantity. */
export function cpuMillis(given: string | number): number | undefined {
  const amount = amountOf(given);
  return amount && roundedUp(amount.numerator * 1000n, amount.denominator);
}

/** Bytes, rounded up: `1k` is 1000, `1Ki` is 1024. undefined: this is no quantity. */
export function bytes(given: string | number): number | undefined {
  const amount = amountOf(given);
  return amount && roundedUp(amount.numerator, amount.denominator);
}

/** MiB, with what is left over: `4Gi` is 4096, `4G` is 3814.697265625. undefined: this is no quantity. */
export function memoryMiB(given: string | number): number | undefined {
  const whole = bytes(given);
  return whole === undefined ? undefined : whole / MEBIBYTE;
}

/** Whether two mean the same, however they are written: the API server answers `1` where `1000m` was asked. */
export function sameAmount(one: string | number, other: string | number): boolean {
  const [a, b] = [amountOf(one), amountOf(other)];
  return a !== undefined && b !== undefined && a.numerator * b.denominator === b.numerator * a.denominator;
}

/** Thousandths of a core as the API server writes them: `1` and not `1000m`. */
export function cpuText(millis: number): string {
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`;
}

/** MiB as the API server writes them: `4Gi` and not `4096Mi`. */
export function memoryText(mebibytes: number): string {
  return mebibytes > 0 && mebibytes % 1024 === 0 ? `${mebibytes / 1024}Gi` : `${mebibytes}Mi`;
}

/** Cores from which no memory, or almost none, beside them shows that thousandths were meant. */
const MANY_CORES = 50;
/** The machines with least memory have 1 to 2 GiB a core (catalog/aws/machines.ts): a sixteenth of that is none to speak of. */
const LEAST_MIB_PER_CORE = 64;
/** Cores of the largest machine that is widely sold; without a word of memory more is taken for thousandths. */
const MOST_CORES = 192;

/**
 * Whether cores were written where thousandths were meant: `cpu: "1000"` is a thousand cores, and `1000m` one.
 * @param mebibytes of the same container; undefined: it says none
 */
export function meansMillis(given: string | number, mebibytes: number | undefined): boolean {
  if (!/^\d+$/.test(String(given))) return false;
  const cores = Number(given);
  if (mebibytes === undefined) return cores > MOST_CORES;
  return cores >= MANY_CORES && mebibytes < cores * LEAST_MIB_PER_CORE;
}

/** Bytes that no process starts in: a suffix was forgotten (`512`), or is of thousandths (`128m`). */
export function lacksUnit(given: string | number): boolean {
  const least = bytes(given);
  return least !== undefined && least > 0 && least < MEBIBYTE;
}
