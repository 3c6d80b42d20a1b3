import path from 'node:path';
import { renderObservation, shorten } from '../../../src/compare/render.js';
import { strongestGrade } from '../../../src/metrics/evidence.js';
import { decisiveDivergence } from '../../../src/metrics/score-features.js';
import type { PairRecord } from '../../../src/model/verdict.js';
import { verdictSentence } from '../../../src/report/words.js';
import type { Joined } from './join.js';
import type { TruthLabel } from './labels.js';

const LONGEST_ANSWER = 120;
const MOST_LINES = 12;

/** A patch of which the run and the label say different things. */
export interface Disagreement {
  readonly kind: string;
  readonly id: string;
  readonly model: string;
  readonly score: number | null;
  /** The finding that decided; absent where nothing differs or only tests failed. */
  readonly finding?: {
    readonly id: string;
    readonly grade: string;
    readonly class: string;
    readonly domain: string;
    readonly scope: string;
    readonly input: string;
    readonly answers: Readonly<Record<'base' | 'gold' | 'candidate', string>>;
    /** Opens it on the page of the run, and runs it again. */
    readonly page: string;
    readonly replay: string;
  };
  readonly verdict: string;
  readonly failedTests: readonly string[];
  readonly label: Pick<TruthLabel, 'label' | 'scope' | 'confidence' | 'input' | 'answers' | 'why'>;
}

/** The patches that the grade puts on the wrong side; those not judged are none. The worst first. */
export function disagreementsOf(joined: readonly Joined[]): Disagreement[] {
  return KINDS.flatMap(([kind, test]) => joined.filter(test).map((one) => disagreementOf(kind, one)));
}

const KINDS: readonly (readonly [kind: string, test: (one: Joined) => boolean])[] = [
  ['fine, and strong', ({ label, said }) => label.label === 'fine' && said === 'strong'],
  ['debatable, and strong', ({ label, said }) => label.label === 'debatable' && said === 'strong'],
  ['incorrect, and missed', ({ label, said }) => label.label === 'incorrect' && said === 'none'],
  ['incorrect, and weak only', ({ label, said }) => label.label === 'incorrect' && said === 'weak'],
];

function disagreementOf(kind: string, { label, record, run }: Joined): Disagreement {
  const { instanceId, model } = record;
  const decisive = decisiveDivergence(record);
  const pair = encodeURIComponent(`${model}/${instanceId}`);
  return {
    kind,
    id: label.id,
    model,
    score: record.score,
    ...(decisive && {
      finding: {
        id: decisive.id,
        grade: decisive.grade,
        class: decisive.class,
        domain: decisive.input.domain,
        scope: decisive.scope?.issue ?? 'unknown',
        input: programOf(decisive.input),
        answers: {
          base: renderObservation(decisive.observations.base, LONGEST_ANSWER),
          gold: renderObservation(decisive.observations.gold, LONGEST_ANSWER),
          candidate: renderObservation(decisive.observations.candidate, LONGEST_ANSWER),
        },
        page: `${path.join(run.folder, 'report.html')}#pair=${pair}`,
        replay: `patchdiff replay ${run.reportFile} --divergence ${decisive.id}`,
      },
    }),
    verdict: `${record.verdict.outcome}: ${verdictSentence(record)}`,
    failedTests: [...record.benchmarkFailures, ...record.developerFailures].map(({ id }) => id),
    label,
  };
}

/** What was run, without the imports and definitions before it. */
function programOf({ prefix, source }: PairRecord['divergences'][number]['input']): string {
  const lines = [...prefix, source].join('\n').split('\n');
  const cut = lines.length > MOST_LINES ? ['...', ...lines.slice(-MOST_LINES)] : lines;
  return cut.join('\n');
}

/** A disagreement for a reader, in lines. */
export function disagreementText(one: Disagreement): string {
  const { finding, label } = one;
  const score = one.score === null ? '' : `, score ${one.score.toFixed(2)}`;
  const lines = [`${one.kind}: ${one.id} (${one.model}${score})`, `  ${one.verdict}`];
  if (one.failedTests.length > 0) lines.push(`  failed tests: ${shorten(one.failedTests.join(', '), 300)}`);
  if (finding) {
    lines.push(
      `  finding ${finding.id}: ${finding.grade}, ${finding.class}, ${finding.domain}, issue: ${finding.scope}`,
    );
    lines.push(...indented(finding.input), ...answerLines(finding.answers));
    lines.push(`    ${finding.page}`, `    ${finding.replay}`);
  }
  const scope = label.scope === '' ? '' : `, ${label.scope}`;
  lines.push(`  label: ${label.label}${scope}, confidence ${label.confidence}. ${label.why}`);
  if (label.input !== '') lines.push(...indented(label.input), ...answerLines(label.answers));
  return lines.join('\n');
}

const indented = (text: string): string[] => text.split('\n').map((line) => `      ${line}`);

const answerLines = (answers: Readonly<Record<string, string>>): string[] =>
  Object.entries(answers).map(
    ([side, answer]) => `    ${`${side}:`.padEnd(11)}${shorten(answer, LONGEST_ANSWER)}`,
  );

/** A patch that a run came to no conclusion about, and why. */
export const unjudgedRow = ({ label, record }: Joined): [string, string, string, string] => [
  label.id,
  record.model,
  label.label,
  `${record.verdict.outcome}: ${shorten(verdictSentence(record), LONGEST_ANSWER)}`,
];

/** The strongest grade of a record, for tables; `-` for none. */
export const gradeCell = (record: PairRecord): string => strongestGrade(record) ?? '-';
