import { median } from '../numbers.js';
import type { Cell } from '../table.js';

/** What a tool said of a pair; `detail` is the evidence, or the reason of a refusal in a few words. */
export interface Answer {
  readonly kind: 'different' | 'same' | 'refused';
  readonly detail: string;
}

/** An answer judged by what the pair is: `quiet` is the right answer to a pair without a difference. */
export type Outcome = 'found' | 'missed' | 'refused' | 'false' | 'quiet';

export type Expected = 'divergent' | 'consistent';

/** One tool's answer to one pair. */
export interface Result extends Answer {
  readonly tool: string;
  /** Instance and model. */
  readonly pair: string;
  readonly expected: Expected;
  readonly outcome: Outcome;
  readonly seconds: number;
}

export const refused = (detail: string): Answer => ({ kind: 'refused', detail });

/** Judges an answer by what the pair is known to be. */
export function outcomeOf({ kind }: Answer, expected: Expected): Outcome {
  if (kind === 'refused') return 'refused';
  if (expected === 'divergent') return kind === 'different' ? 'found' : 'missed';
  return kind === 'different' ? 'false' : 'quiet';
}

/** One answer from those about each function of a pair: a difference anywhere is one, else any comparison counts. */
export function combine(answers: readonly Answer[]): Answer {
  const of = (kind: Answer['kind']) => answers.find((answer) => answer.kind === kind);
  return of('different') ?? of('same') ?? of('refused') ?? refused('no function on both sides');
}

/** The outcomes of one tool: on pairs that differ, and on controls. */
export interface ToolSummary {
  readonly tool: string;
  readonly found: number;
  readonly missed: number;
  readonly refused: number;
  /** False alarms: differences reported for a pair without one. */
  readonly false: number;
  readonly quiet: number;
  readonly refusedControls: number;
  readonly medianSeconds: number | null;
}

/** Sums up results by tool, in the order in which the tools first appear. */
export function summarizeTools(results: readonly Result[]): ToolSummary[] {
  return [...new Set(results.map(({ tool }) => tool))].map((tool) => {
    const own = results.filter((result) => result.tool === tool);
    const count = (outcome: Outcome, expected?: Expected) =>
      own.filter((one) => one.outcome === outcome && one.expected === (expected ?? one.expected)).length;
    return {
      tool,
      found: count('found'),
      missed: count('missed'),
      refused: count('refused', 'divergent'),
      false: count('false'),
      quiet: count('quiet'),
      refusedControls: count('refused', 'consistent'),
      medianSeconds: median(own.map(({ seconds }) => seconds)),
    };
  });
}

/** A row for each pair with what each tool made of it; a refusal with its reason. */
export function pairRows(results: readonly Result[], tools: readonly string[]): Cell[][] {
  const pairs = new Map(results.map(({ pair, expected }) => [pair, expected]));
  return [...pairs].map(([pair, expected]) => [
    pair,
    expected,
    ...tools.map((tool) => {
      const result = results.find((one) => one.pair === pair && one.tool === tool);
      if (result === undefined) return null;
      return result.outcome === 'refused' ? `refused: ${result.detail}` : result.outcome;
    }),
  ]);
}
