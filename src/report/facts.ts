import { renderObservation, renderPart } from '../compare/render.js';
import type { Divergence } from '../model/divergence.js';
import { explainDivergence } from './sentences.js';
import { ASPECT_WORDS, CLASS_WORDS, GRADE_WORDS } from './words.js';

/** The path of a divergence's test and the command that replays it; null where there is none. */
export interface PairLinks {
  readonly testPath: (divergence: Divergence) => string | null;
  readonly replayCommand: (divergence: Divergence) => string | null;
}

/** What every format shows of one divergence; `answers` in the order in which they are read. */
export interface DivergenceFacts {
  readonly title: string;
  /** What the input does, what the sides answer and why it counts, in two sentences. */
  readonly explanation: string;
  readonly grade: string;
  readonly class: string;
  /** The program, set-up included. */
  readonly program: string;
  readonly answers: readonly (readonly [name: string, text: string])[];
  readonly test: string | null;
  readonly replay: string | null;
}

/** What to show of a divergence; where long values hide the difference, the first differing place is added. */
export function divergenceFacts(divergence: Divergence, links: PairLinks): DivergenceFacts {
  const { input, observations, differences } = divergence;
  const [first] = differences;
  const place: [string, string][] =
    first && first.path !== '' && isHidden(divergence)
      ? [
          [
            'differs at',
            `${first.path}: ${renderPart(first.left)} on gold, ${renderPart(first.right)} on the candidate`,
          ],
        ]
      : [];
  return {
    title: `${divergence.id}: ${ASPECT_WORDS[divergence.aspect]}`,
    explanation: explainDivergence(divergence),
    grade: GRADE_WORDS[divergence.grade],
    class: CLASS_WORDS[divergence.class],
    program: [input.prelude, ...input.prefix, input.source].filter((part) => part.trim() !== '').join('\n'),
    answers: [
      ['base', renderObservation(observations.base)],
      ['gold', renderObservation(observations.gold)],
      ['candidate', renderObservation(observations.candidate)],
      ...place,
    ],
    test: links.testPath(divergence),
    replay: links.replayCommand(divergence),
  };
}

/** Whether the answers as rendered look alike, or differ in what they do not show. */
function isHidden({ aspect, observations: { gold, candidate } }: Divergence): boolean {
  return (
    aspect === 'state' ||
    aspect === 'internal' ||
    aspect === 'rounding' ||
    renderObservation(gold).length > LONG ||
    renderObservation(gold) === renderObservation(candidate)
  );
}

const LONG = 120;
