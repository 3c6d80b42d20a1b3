/** A row to learn from: features, how true the outcome is (0 to 1), and how much the row counts. */
export interface Example {
  readonly features: readonly number[];
  readonly target: number;
  readonly weight: number;
}

const MOST_STEPS = 100;
const SMALL_STEP = 1e-9;
/** Less of the loss than this is not worth another step. */
const SMALL_GAIN = 1e-8;

/**
 * Logistic regression with a ridge: the intercept and weights that minimise the weighted log loss plus `ridge / 2` times
 * the sum of the squared weights, the intercept left free. Newton's method with halved steps (T. Hastie, R. Tibshirani,
 * J. Friedman, "The Elements of Statistical Learning", 2nd edition 2009, section 4.4).
 * @param ridge above 0, so that there is one minimum even where classes can be separated or features repeat each other
 * @returns the intercept, then a weight for each feature
 */
export function fitLogistic(examples: readonly Example[], ridge: number): [number, ...number[]] {
  if (!(ridge > 0)) throw new RangeError(`ridge must be above 0, not ${ridge}`);
  const rows = examples.map(rowOf);
  const size = 1 + (examples[0]?.features.length ?? 0);
  let weights = Array.from({ length: size }, () => 0);
  let loss = lossOf(rows, weights, ridge);
  for (let step = 0; step < MOST_STEPS; step++) {
    const direction = newtonStep(rows, weights, ridge);
    let scale = 1;
    let next = weights;
    let nextLoss = Infinity;
    while (scale > SMALL_STEP) {
      next = weights.map((value, index) => value - scale * (direction[index] ?? 0));
      nextLoss = lossOf(rows, next, ridge);
      if (nextLoss <= loss) break;
      scale /= 2;
    }
    const gain = loss - nextLoss;
    if (!(gain >= 0)) break;
    [weights, loss] = [next, nextLoss];
    if (gain < SMALL_GAIN) break;
  }
  const [intercept = 0, ...others] = weights;
  return [intercept, ...others];
}

/** An example without its zeros, which most features are: the positions of the others, the intercept's first, and their values. */
interface Row {
  readonly at: readonly number[];
  readonly values: readonly number[];
  readonly target: number;
  readonly weight: number;
}

function rowOf({ features, target, weight }: Example): Row {
  const all = [1, ...features];
  const at = all.flatMap((value, index) => (value === 0 ? [] : [index]));
  return { at, values: at.map((index) => all[index] ?? 0), target, weight };
}

function dot({ at, values }: Row, weights: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < at.length; index++)
    sum += (values[index] ?? 0) * (weights[at[index] ?? 0] ?? 0);
  return sum;
}

/** log(1 + e^z) without overflow. */
const softplus = (z: number): number => Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));

function lossOf(rows: readonly Row[], weights: readonly number[], ridge: number): number {
  const penalty = weights.slice(1).reduce((sum, value) => sum + value * value, 0);
  const loss = rows.reduce((sum, row) => {
    const z = dot(row, weights);
    return sum + row.weight * (softplus(z) - row.target * z);
  }, 0);
  return loss + (ridge / 2) * penalty;
}

/** The inverse of the second derivatives times the first ones. */
function newtonStep(rows: readonly Row[], weights: readonly number[], ridge: number): number[] {
  const gradient = weights.map((value, index) => (index === 0 ? 0 : ridge * value));
  const hessian = weights.map((_, row) =>
    // A trace of a ridge on the intercept keeps the matrix regular where there are no rows.
    weights.map((__, column) => (row !== column ? 0 : row === 0 ? SMALL_STEP : ridge)),
  );
  for (const row of rows) {
    const likelihood = 1 / (1 + Math.exp(-dot(row, weights)));
    const slope = row.weight * (likelihood - row.target);
    const bend = row.weight * likelihood * (1 - likelihood);
    row.at.forEach((place, index) => {
      const value = row.values[index] ?? 0;
      gradient[place] = (gradient[place] ?? 0) + slope * value;
      const line = hessian[place] as number[];
      row.at.forEach((other, second) => {
        line[other] = (line[other] ?? 0) + bend * value * (row.values[second] ?? 0);
      });
    });
  }
  return solve(hessian, gradient);
}

/** The solution of a regular system of linear equations, by Gaussian elimination with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] ?? 0]);
  const size = rows.length;
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let pivot = 0; pivot < size; pivot++) {
    let largest = pivot;
    for (let row = pivot + 1; row < size; row++)
      if (Math.abs(at(row, pivot)) > Math.abs(at(largest, pivot))) largest = row;
    [rows[pivot], rows[largest]] = [rows[largest] as number[], rows[pivot] as number[]];
    const own = rows[pivot] as number[];
    for (const [row, line] of rows.entries()) {
      const factor = (line[pivot] ?? 0) / (own[pivot] ?? 1);
      if (row === pivot || factor === 0) continue;
      for (let column = pivot; column <= size; column++)
        line[column] = (line[column] ?? 0) - factor * (own[column] ?? 0);
    }
  }
  return rows.map((_, row) => at(row, size) / at(row, row));
}
