import { createHash } from 'node:crypto';
import type { Observation } from '../../model/observation.js';
import type { TestResult, TestRun } from '../../model/test-result.js';

/** An answer of at most this many characters is kept as it is. */
const WHOLE = 256 * 1024;
/** Of a longer one, each text is kept up to here, and told apart by its length and a digest. */
const TEXT = 4096;
const WARNINGS = 100;
/** Of the results of a test run: characters of a message, and of all results together. */
const MESSAGE = 16_384;
const ALL_RESULTS = 64 * 1024 * 1024;

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The first characters of a text in memory of their own: a slice would keep the whole text alive. */
const headOf = (text: string, length: number): string => Buffer.from(text.slice(0, length)).toString('utf8');

/** A long text as its beginning, its length and a digest of it, so that two of them are equal when the whole ones are. */
function shortened(text: string, length: number): string {
  if (text.length <= length) return text;
  return `${headOf(text, length)}... (${text.length} characters, sha256:${digest(text)})`;
}

/**
 * An observation in memory that a run can afford to keep for thousands of inputs, whatever the writer sent.
 * @param size characters of the answer that it came in
 */
export function boundObservation(observation: Observation, size: number): Observation {
  if (size <= WHOLE) return observation;
  const { warnings, outcome, state } = observation;
  const bounded = shortenTexts({
    ...observation,
    warnings: [
      ...warnings.slice(0, WARNINGS),
      ...(warnings.length > WARNINGS ? [restOf(warnings.slice(WARNINGS))] : []),
    ],
    outcome: 'value' in outcome && !isSmall(outcome) ? { kind: 'resource', what: 'size' } : outcome,
    state: isSmall(state) ? state : {},
  } satisfies Observation) as Observation;
  if (isSmall(bounded)) return bounded;
  return {
    ...bounded,
    outcome: { kind: 'resource', what: 'size' },
    state: {},
    hits: bounded.hits.slice(0, 1000),
  };
}

const isSmall = (value: unknown): boolean => JSON.stringify(value).length <= WHOLE;

const restOf = (warnings: Observation['warnings']): Observation['warnings'][number] => ({
  category: 'patchdiff.More',
  message: `${warnings.length} more, sha256:${digest(JSON.stringify(warnings))}`,
});

function shortenTexts(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value, TEXT);
  if (Array.isArray(value)) return value.map(shortenTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [shortened(name, TEXT), shortenTexts(item)]),
  );
}

/** What a test run said beside what became of its tests, at most. */
const NOTES = 1000;

/** What a test run says, as far as it fits the memory that one run may take. */
export class BoundedResults {
  readonly #parts = {
    results: [] as TestResult[],
    plantedResults: [] as TestResult[],
    irregular: [] as string[],
    altered: [] as string[],
  };
  #size = 0;

  /** @param planted files whose tests are not the project's */
  constructor(private readonly planted: ReadonlySet<string>) {}

  /** What was kept, in the order in which it was said. */
  get parts(): Pick<TestRun, 'results' | 'plantedResults' | 'irregular' | 'altered'> {
    return this.#parts;
  }

  /** Keeps a result, its message cut; says whether the run has said more than any run of tests says. */
  add({ id, file, status, seconds, title, message }: TestResult): 'of-project' | 'planted' | 'too-much' {
    const kept: TestResult = {
      ...{ id: cut(id), file: cut(file), status, seconds },
      ...(title === undefined ? {} : { title: cut(title) }),
      ...(message === undefined ? {} : { message: cut(message) }),
    };
    this.#size += kept.id.length + kept.file.length + (kept.title?.length ?? 0) + (kept.message?.length ?? 0);
    if (this.#size > ALL_RESULTS) return 'too-much';
    const isPlanted = this.planted.has(file);
    this.#parts[isPlanted ? 'plantedResults' : 'results'].push(kept);
    return isPlanted ? 'planted' : 'of-project';
  }

  /** Keeps what was irregular about the run, or which files it altered. */
  note(kind: 'irregular' | 'altered', texts: readonly string[]): void {
    const notes = this.#parts[kind];
    notes.push(...texts.slice(0, NOTES - notes.length).map(cut));
  }
}

const cut = (text: string): string => (text.length > MESSAGE ? headOf(text, MESSAGE) : text);
