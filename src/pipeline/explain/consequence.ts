import { compareObservations, differMarkedly } from '../../compare/compare.js';
import { revise } from '../../inputs/program/input.js';
import type { Input } from '../../model/input.js';
import type { TimeLimit } from '../../platform/budget.js';
import { subExpressions } from '../../reduce/reduce-expression.js';
import type { ThreeSides } from '../confirm/three-sides.js';

/** Values inside of an input that are looked at. */
const MOST_PARTS = 12;

/**
 * The value inside of an input from whose slight difference that of the whole follows: `f(x)` in `f(x) == 0.6`, where the
 * sides give last digits otherwise, or in `len(f(x))`, where the text that they give names a line. Undefined where no
 * value inside differs, or one differs in more than that.
 */
export async function slightCause(
  input: Input,
  { gold, candidate }: ThreeSides,
  limit: TimeLimit,
): Promise<Input | undefined> {
  const parts = subExpressions(input.source)
    .slice(0, MOST_PARTS)
    .map((source) => revise(input, { source }));
  if (parts.length === 0) return undefined;
  const [golds, candidates] = await Promise.all([
    gold.observe(parts, limit),
    candidate.observe(parts, limit),
  ]);
  const compared = parts.flatMap((part) => {
    const [left, right] = [golds.get(part.id), candidates.get(part.id)];
    return left && right ? [{ part, comparison: compareObservations(left, right) }] : [];
  });
  const differing = compared.filter(({ comparison }) => comparison.kind === 'different');
  if (differing.some(({ comparison }) => differMarkedly(comparison))) return undefined;
  return differing[0]?.part;
}
