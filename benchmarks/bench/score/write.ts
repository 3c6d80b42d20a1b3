import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';
import { FEATURE_NAMES, FEATURES } from '../../../src/metrics/score-features.js';
import { ROOT } from '../root.js';
import type { Fit } from './fit.js';

/** What was fitted on, for the head of the data files. */
export interface FitFacts {
  readonly patches: number;
  readonly instances: number;
  readonly constructed: number;
}

/** Writes the weights of a fit, and those of its resamples, to the modules that the score is computed with. */
export async function writeWeights(
  { weights, resamples, ridge }: Fit,
  { patches, instances, constructed }: FitFacts,
): Promise<string[]> {
  const by = `Written by \`npm run bench:fit-score -- --write\`: fitted on ${patches} labelled patches of ${instances} instances and ${constructed} made ones, ridge ${ridge}.`;
  const lines = ['intercept', ...FEATURE_NAMES].map((name, index) => {
    const words = name === 'intercept' ? 'a pair without any of these' : FEATURES[name as 'share'].words;
    return `  // ${words}\n  ${JSON.stringify(name)}: ${rounded(weights[index])},`;
  });
  return Promise.all([
    write(
      'score-weights.ts',
      `import type { Feature } from './score-features.js';

/**
 * The weights of the score, in log odds: each point adds 1 to the logarithm of the odds that a patch is incorrect.
 * ${by}
 */
export const SCORE_WEIGHTS: Readonly<Record<'intercept' | Feature, number>> = {
${lines.join('\n')}
};
`,
    ),
    write(
      'score-resamples.ts',
      `import type { Weights } from './score.js';

/**
 * The weights as fitted on resamples of the labelled instances, for the uncertainty of what is computed with them.
 * ${by}
 */
export const SCORE_RESAMPLES: readonly Weights[] = [
${resamples.map((one) => `  [${one.map(rounded).join(', ')}],`).join('\n')}
];
`,
    ),
  ]);
}

const rounded = (value: number | undefined): string => (Math.round((value ?? 0) * 100) / 100).toString();

async function write(name: string, source: string): Promise<string> {
  const file = path.join(ROOT, 'src/metrics', name);
  await writeFile(file, await format(source, { ...(await resolveConfig(file)), filepath: file }));
  return path.relative('.', file);
}
