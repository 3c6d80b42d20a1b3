import { STRONG_ASPECTS } from '../../compare/grade.js';
import type { Scope } from '../../model/divergence.js';
import type { Differs } from '../../model/verdict.js';
import { signatureOfObserved, type Observed } from '../../observe/pair-observer.js';
import type { Confirmation } from '../confirm/confirm.js';

/**
 * How often gold and candidate differ on the inputs that matter.
 * @param targets ids of the targets whose code is not the same on both
 */
export function countDiffering(
  observed: readonly Observed[],
  { signatures, confirmed }: Pick<Confirmation, 'signatures' | 'confirmed'>,
  targets: ReadonlySet<string>,
): Differs {
  const compared = observed.filter(
    (one) =>
      one.input.domain !== 'contrived' && one.comparison.kind !== 'unknown' && reachesAny(one, targets),
  );
  const different = compared
    .filter(differsWhereItMatters)
    .map(signatureOfObserved)
    .filter((signature) => signatures.has(signature));
  const kinds = new Map(confirmed.map(({ signature, scope }) => [signature, scope.kind]));
  const count = (kind: Scope['kind']) =>
    different.filter((signature) => kinds.get(signature) === kind).length;
  return {
    reached: compared.length,
    different: different.length,
    regression: count('regression'),
    unfixed: count('unfixed'),
    otherFix: count('other-fix'),
  };
}

const reachesAny = ({ gold, candidate }: Observed, targets: ReadonlySet<string>): boolean =>
  [...gold.hits, ...candidate.hits].some((hit) => targets.has(hit));

const differsWhereItMatters = ({ comparison }: Observed): boolean =>
  comparison.kind === 'different' && comparison.differences.some(({ aspect }) => STRONG_ASPECTS.has(aspect));
