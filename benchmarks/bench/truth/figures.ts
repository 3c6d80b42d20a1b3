import type { Joined, Said } from './join.js';
import type { TruthName } from './labels.js';

/** What a run said of patches, against the truth. Each is a share: how many of how many. */
export const FIGURES = {
  'recall of incorrect by strong': {
    hits: is('incorrect', 'strong'),
    whole: is('incorrect', 'strong', 'weak', 'none'),
  },
  'recall of incorrect by any difference': {
    hits: is('incorrect', 'strong', 'weak'),
    whole: is('incorrect', 'strong', 'weak', 'none'),
  },
  'recall by strong, the unjudged as missed': {
    hits: is('incorrect', 'strong'),
    whole: is('incorrect', 'strong', 'weak', 'none', 'not judged'),
  },
  'precision of strong': { hits: is('incorrect', 'strong'), whole: said('strong') },
  'precision of strong, debatable as right': {
    hits: (one) => one.label.label !== 'fine' && one.said === 'strong',
    whole: said('strong'),
  },
  'fine with strong evidence': { hits: is('fine', 'strong'), whole: is('fine', 'strong', 'weak', 'none') },
} as const satisfies Readonly<Record<string, Share>>;

export type Figure = keyof typeof FIGURES;
export const FIGURE_NAMES = Object.keys(FIGURES) as Figure[];

/** Which patches a share counts, and of which. */
interface Share {
  readonly hits: (one: Joined) => boolean;
  readonly whole: (one: Joined) => boolean;
}

/** One instance's part of a share. */
export interface Part {
  readonly instance: string;
  readonly hits: number;
  readonly whole: number;
}

/** A share by instance, so that its interval can take the patches of an instance together. */
export function partsOf(joined: readonly Joined[], figure: Figure): Part[] {
  const { hits, whole } = FIGURES[figure];
  return [...new Set(joined.map(({ label }) => label.instanceId))].sort().map((instance) => {
    const own = joined.filter(({ label }) => label.instanceId === instance);
    return { instance, hits: own.filter(hits).length, whole: own.filter(whole).length };
  });
}

/** How many patches of each label a run said each of. */
export function crossTable(joined: readonly Joined[]): Record<TruthName, Record<Said, number>> {
  const row = (label: TruthName) => {
    const count = (what: Said) => joined.filter(is(label, what)).length;
    return {
      strong: count('strong'),
      weak: count('weak'),
      none: count('none'),
      'not judged': count('not judged'),
    };
  };
  return { incorrect: row('incorrect'), debatable: row('debatable'), fine: row('fine') };
}

function is(label: TruthName, ...what: readonly Said[]): (one: Joined) => boolean {
  return (one) => one.label.label === label && what.includes(one.said);
}

function said(...what: readonly Said[]): (one: Joined) => boolean {
  return (one) => what.includes(one.said);
}
