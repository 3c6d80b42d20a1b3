import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { BOOTSTRAP_SEED } from '../../../src/metrics/bootstrap.js';
import { likelihood, type Weights } from '../../../src/metrics/score.js';
import { fitLogistic, type Example } from './logistic.js';

/** An example that belongs to an instance: examples of one instance are never on both sides of a split. */
export interface Grouped extends Example {
  readonly instance: string;
  /** Made to be right or wrong: learnt from, but not measured with. */
  readonly constructed: boolean;
}

const RIDGES = [0.1, 0.3, 1, 3, 10] as const;
const INNER_FOLDS = 5;
/** Refits on resampled instances, for the uncertainty of the weights. */
const REFITS = 100;

/** A fit, and what it says of each example when it has not seen its instance. */
export interface Fit {
  readonly ridge: number;
  readonly weights: Weights;
  /** Weights fitted on resamples of the instances. */
  readonly resamples: readonly Weights[];
  /** For every example: the likelihood by weights that were fitted without its instance, their ridge chosen without it. */
  readonly crossValidated: readonly number[];
}

/** Fits on all examples, and cross-validates by leaving out one instance after the other. */
export function fitScore(examples: readonly Grouped[]): Fit {
  const ridge = bestRidge(examples);
  return {
    ridge,
    weights: fitLogistic(examples, ridge),
    resamples: resampledFits(examples, ridge),
    crossValidated: leaveOneOut(examples),
  };
}

function leaveOneOut(examples: readonly Grouped[]): number[] {
  const fitted = new Map(
    instancesOf(examples).map((instance) => {
      const others = examples.filter((one) => one.instance !== instance);
      return [instance, fitLogistic(others, bestRidge(others))];
    }),
  );
  return examples.map(({ instance, features }) => likelihood(features, fitted.get(instance) ?? [0]));
}

/** The ridge with the least log loss on examples of instances that were not fitted on. */
function bestRidge(examples: readonly Grouped[]): number {
  const folds = foldsOf(examples);
  const losses = RIDGES.map((ridge) => {
    let loss = 0;
    for (const held of folds) {
      const weights = fitLogistic(
        examples.filter(({ instance }) => !held.has(instance)),
        ridge,
      );
      for (const one of examples)
        if (held.has(one.instance) && !one.constructed) loss += lossOf(one, weights);
    }
    return loss;
  });
  return RIDGES[losses.indexOf(Math.min(...losses))] ?? 1;
}

/** The instances in equal parts, by the order of their names, so that neighbours of a repository are apart. */
function foldsOf(examples: readonly Grouped[]): Set<string>[] {
  const folds = Array.from({ length: INNER_FOLDS }, () => new Set<string>());
  instancesOf(examples).forEach((instance, index) => folds[index % INNER_FOLDS]?.add(instance));
  return folds.filter(({ size }) => size > 0);
}

function resampledFits(examples: readonly Grouped[], ridge: number): Weights[] {
  const generator = xoroshiro128plus(BOOTSTRAP_SEED);
  const instances = instancesOf(examples);
  const by = new Map(
    instances.map((instance) => [instance, examples.filter((one) => one.instance === instance)]),
  );
  return Array.from({ length: REFITS }, () => {
    const drawn = instances.map(() => instances[uniformInt(generator, 0, instances.length - 1)] ?? '');
    return fitLogistic(
      drawn.flatMap((instance) => by.get(instance) ?? []),
      ridge,
    );
  });
}

function lossOf({ features, target, weight }: Example, weights: Weights): number {
  const p = Math.min(1 - 1e-9, Math.max(1e-9, likelihood(features, weights)));
  return -weight * (target * Math.log(p) + (1 - target) * Math.log(1 - p));
}

const instancesOf = (examples: readonly Grouped[]): string[] =>
  [...new Set(examples.map(({ instance }) => instance))].sort();
