/** One step of a load test. */
export interface Measured {
  /** Replicas. */
  readonly n: number;
  readonly throughput: number;
}

// The law is n / throughput = fixed + linear n + pairs n (n - 1), with fixed = (1 - contention) / single, linear = contention / single
// and pairs = coherency / single. In these terms all bounds (contention 0 to 1, coherency at least 0) are one: nothing is below 0.
// So the best fit is the best of those with some terms exactly 0 and the others free, and there are only six such sets.
type Vector = readonly number[];
type Row = { readonly terms: Vector; readonly n: number; readonly y: number };

const SETS: readonly (readonly number[])[] = [[0], [1], [0, 1], [0, 2], [1, 2], [0, 1, 2]];
const STEPS = 300;
/** Mean square of what rounding leaves of data that the law fits exactly, throughput scaled to 1. */
const ROUNDING = 1e-26;

/** [fixed, linear, pairs] with the least sum of squared differences of throughput; Levenberg and Marquardt's steps. */
export function fitTerms(points: readonly Measured[]): readonly [number, number, number] {
  const mostN = Math.max(...points.map(({ n }) => n));
  const mostY = Math.max(...points.map(({ throughput }) => throughput));
  const scale = [1, mostN, mostN * Math.max(1, Math.abs(mostN - 1))] as const;
  const rows = points.map(({ n, throughput }): Row => {
    return { terms: [1, n / scale[1], (n * (n - 1)) / scale[2]], n: n / mostN, y: throughput / mostY };
  });
  let best: { readonly values: Vector; readonly squares: number } | undefined;
  for (const set of SETS) {
    const own = rows.map((row) => ({ ...row, terms: set.map((term) => row.terms[term] ?? 0) }));
    const found = descend(own, start(own, set.length));
    // A further term must earn its place: sets are in order of size.
    if (best && found.squares >= best.squares * (1 - 1e-9) - ROUNDING * rows.length) continue;
    const values = [0, 0, 0];
    set.forEach((term, i) => (values[term] = found.values[i] ?? 0));
    best = { values, squares: found.squares };
  }
  const unit = mostN / mostY;
  const [fixed = 0, linear = 0, pairs = 0] = best?.values ?? [];
  return [(fixed * unit) / scale[0], (linear * unit) / scale[1], (pairs * unit) / scale[2]];
}

/** Linear least squares of n / y, weighted as the throughput's own error is to first order; what comes out below 0 starts small. */
function start(rows: readonly Row[], size: number): Vector {
  const weighted = rows.map(({ terms, n, y }) => {
    const weight = (y * y) / n;
    return { slopes: terms.map((term) => term * weight), residual: y };
  });
  const values = step(weighted, size, 0) ?? [];
  const most = Math.max(...values);
  const usual = Number.isFinite(most) && most > 0 ? most : 1;
  return Array.from({ length: size }, (_, i) => {
    const value = values[i] ?? 0;
    return value > usual * 1e-6 ? value : usual * 1e-3;
  });
}

/** Descends from a start inside the bounds and never leaves them. */
function descend(rows: readonly Row[], from: Vector): { readonly values: Vector; readonly squares: number } {
  let values = from;
  let squares = sumOfSquares(rows, values);
  let damping = 1e-3;
  for (let i = 0; i < STEPS && damping < 1e16; i += 1) {
    const change = step(slopesAt(rows, values), values.length, damping);
    const next = change && bounded(values, change);
    const after = next ? sumOfSquares(rows, next) : Infinity;
    if (next && after < squares) {
      const done = squares - after <= 1e-15 * squares && damping < 1e-6;
      [values, squares, damping] = [next, after, damping / 10];
      if (done) break;
    } else {
      damping *= 8;
    }
  }
  return { values, squares };
}

/** A step that would cross a bound goes nine tenths of the way there. */
function bounded(values: Vector, change: Vector): Vector {
  return values.map((value, i) => Math.max(value + (change[i] ?? 0), value / 10));
}

function divisor(terms: Vector, values: Vector): number {
  return terms.reduce((sum, term, i) => sum + term * (values[i] ?? 0), 0);
}

function sumOfSquares(rows: readonly Row[], values: Vector): number {
  return rows.reduce((sum, { terms, n, y }) => sum + (y - n / divisor(terms, values)) ** 2, 0);
}

interface Linear {
  readonly slopes: Vector;
  readonly residual: number;
}

function slopesAt(rows: readonly Row[], values: Vector): readonly Linear[] {
  return rows.map(({ terms, n, y }) => {
    const d = divisor(terms, values);
    return { slopes: terms.map((term) => (-n * term) / (d * d)), residual: y - n / d };
  });
}

/** Solves the damped normal equations; undefined where they have no single solution. */
function step(rows: readonly Linear[], size: number, damping: number): Vector | undefined {
  const matrix = Array.from({ length: size }, (_, i) => {
    const dot = (j: number): number => rows.reduce((sum, { slopes }) => sum + (slopes[i] ?? 0) * (slopes[j] ?? 0), 0);
    const left = Array.from({ length: size }, (__, j) => (i === j ? dot(j) * (1 + damping) : dot(j)));
    return [...left, rows.reduce((sum, { slopes, residual }) => sum + (slopes[i] ?? 0) * residual, 0)];
  });
  return solve(matrix);
}

/** Gauss and Jordan with pivots; each row carries its right side last. */
function solve(matrix: number[][]): Vector | undefined {
  const size = matrix.length;
  const at = (row: number, column: number): number => matrix[row]?.[column] ?? 0;
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(at(row, column)) > Math.abs(at(pivot, column))) pivot = row;
    }
    const chosen = matrix[pivot];
    const head = at(pivot, column);
    if (!chosen || head === 0 || !Number.isFinite(head)) return undefined;
    [matrix[pivot], matrix[column]] = [matrix[column] ?? [], chosen];
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue;
      const factor = at(row, column) / head;
      matrix[row] = (matrix[row] ?? []).map((value, k) => value - factor * (chosen[k] ?? 0));
    }
  }
  return matrix.map((row, i) => (row[size] ?? 0) / (row[i] ?? 1));
}
