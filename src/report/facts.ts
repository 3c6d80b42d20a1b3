import { renderObservation, renderPart } from '../compare/render.js';
import type { Divergence } from '../model/divergence.js';
import { ASPECT_WORDS, CLASS_WORDS, GRADE_WORDS } from './words.js';

/** Where a divergence's test lies and how to run it again; null where there is none. */
export interface PairLinks {
  readonly testPath: (divergence: Divergence) => string | null;
  readonly replayCommand: (divergence: Divergence) => string | null;
}

/** What a reader is told of one divergence; `name` and `text` pairs in the order of reading. */
export interface DivergenceFacts {
  readonly title: string;
  readonly grade: string;
  readonly class: string;
  /** The program, set-up included. */
  readonly program: string;
  readonly answers: readonly (readonly [name: string, text: string])[];
  readonly test: string | null;
  readonly replay: string | null;
}

/** The first differing place says what a long value may hide. */
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
    renderObservation(gold).length > LONG ||
    renderObservation(gold) === renderObservation(candidate)
  );
}

const LONG = 120;
