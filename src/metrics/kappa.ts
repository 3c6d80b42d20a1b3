/** Agreement of two raters who labelled the same items: as observed, and as expected by chance. */
export interface KappaResult {
  readonly observed: number;
  readonly expected: number;
  readonly kappa: number | null;
}

/**
 * Cohen's kappa: agreement beyond what chance would give with each rater's own shares of labels (J. Cohen, "A
 * coefficient of agreement for nominal scales", Educational and Psychological Measurement 20, 1960). Null when
 * both always give the same single label, where chance alone agrees fully.
 * @throws RangeError for no ratings
 */
export function cohenKappa(ratings: readonly (readonly [string, string])[]): KappaResult {
  if (ratings.length === 0) throw new RangeError('no ratings');
  const total = ratings.length;
  const share = (rater: 0 | 1, label: string) => ratings.filter((one) => one[rater] === label).length / total;
  const labels = [...new Set(ratings.flat())];
  const observed = ratings.filter(([one, other]) => one === other).length / total;
  const expected = labels.reduce((sum, label) => sum + share(0, label) * share(1, label), 0);
  const isCertain = labels.length === 1;
  return { observed, expected, kappa: isCertain ? null : (observed - expected) / (1 - expected) };
}
