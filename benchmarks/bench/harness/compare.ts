import type { ExportSummary } from '../../../src/export/strengthened-dataset.js';
import type { Evaluation } from './evaluate.js';

type Verdict = 'resolved' | 'unresolved' | 'not evaluated';

/** What the harness said of one pair on the original row and on the strengthened one, against what the export says. */
export interface HarnessPair {
  /** Null: the gold patch. */
  readonly model: string | null;
  readonly instanceId: string;
  readonly before: Verdict;
  readonly after: Verdict;
  readonly mustFail: number;
  readonly failed: number;
  readonly mustPass: number;
  readonly passed: number;
  readonly contradictions: readonly string[];
}

/** Pairs of one submission that the harness evaluated on either set of rows. */
export function compareEvaluations(
  { tests }: ExportSummary,
  model: string | null,
  { before, after }: { readonly before: Evaluation; readonly after: Evaluation },
): HarnessPair[] {
  const ids = [...new Set([...before.completed, ...after.completed])].sort();
  return ids.map((instanceId) => {
    const own = tests.filter((test) => test.instanceId === instanceId);
    const mustFail = own.filter(({ failedBy }) => model !== null && failedBy.includes(model));
    const mustPass = model === null ? own : [];
    const failures = after.failed.get(instanceId) ?? new Set();
    const has = ({ id }: { readonly id: string }) => failures.has(id);
    const verdicts = [before, after].map((one) => verdictOf(one, instanceId));
    const [first = 'not evaluated', second = 'not evaluated'] = verdicts;
    return {
      model,
      instanceId,
      before: first,
      after: second,
      mustFail: mustFail.length,
      failed: mustFail.filter(has).length,
      mustPass: mustPass.length,
      passed: mustPass.filter((test) => !has(test)).length,
      contradictions: [
        ...mustFail.filter((test) => !has(test)).map(({ id }) => `${id} passes`),
        ...mustPass.filter(has).map(({ id }) => `${id} fails`),
        ...(model === null && first === 'resolved' && second !== 'resolved' ? [`gold is ${second}`] : []),
        ...(mustFail.length > 0 && second === 'resolved' ? ['still resolved'] : []),
      ],
    };
  });
}

function verdictOf({ completed, resolved }: Evaluation, id: string): Verdict {
  if (!completed.has(id)) return 'not evaluated';
  return resolved.has(id) ? 'resolved' : 'unresolved';
}

/** One row of the table: a submission's pairs added up. */
export function tally(pairs: readonly HarnessPair[], model: string | null): (string | number)[] {
  const own = pairs.filter((pair) => pair.model === model);
  const sum = (number: (pair: HarnessPair) => number) => own.reduce((all, pair) => all + number(pair), 0);
  return [
    model ?? 'gold',
    own.length,
    own.filter(({ before }) => before === 'resolved').length,
    own.filter(({ after }) => after === 'resolved').length,
    sum(({ mustFail }) => mustFail),
    sum(({ failed }) => failed),
    sum(({ mustPass }) => mustPass),
    sum(({ passed }) => passed),
  ];
}
