import type { TestResult, TestRun, TestStatus } from '../../model/test-result.js';

/** What an id stands for, from the most to the least literal reading: the first that finds a test counts. */
type Reading = (id: string, tests: NamedTests) => readonly TestResult[];

const NONE: readonly TestResult[] = [];
const known = new WeakMap<TestRun, NamedTests>();

/** The tests of a run, found by the names that benchmarks know them by. A run is read once. */
export function namedTests(run: TestRun): NamedTests {
  const tests = known.get(run) ?? new NamedTests(run.results);
  known.set(run, tests);
  return tests;
}

/**
 * The tests of a run by name. The ids of a benchmark are what its log parser made of printed text: a test of unittest
 * appears under the first line of its docstring or with its name twice, a parameter ends at its first blank, a status
 * sticks to a name, and some benchmarks name whole functions, classes or files.
 */
export class NamedTests {
  readonly #names = new Map<string, TestResult[]>();
  readonly #found = new Map<string, readonly TestResult[]>();

  constructor(private readonly results: readonly TestResult[]) {
    for (const result of results)
      for (const name of namesOf(result)) {
        const others = this.#names.get(name);
        if (others) others.push(result);
        else this.#names.set(name, [result]);
      }
  }

  /** The tests that an id stands for; none where the run reported nothing that the id could mean. */
  find(id: string): readonly TestResult[] {
    let found = this.#found.get(id);
    if (!found) {
      found = READINGS.reduce((tests, reading) => (tests.length > 0 ? tests : reading(id, this)), NONE);
      this.#found.set(id, found);
    }
    return found;
  }

  /** The status of what an id stands for: the worst of its tests, as all must pass. `missing` where there is none. */
  statusOf(id: string): TestStatus {
    const statuses = this.find(id).map(({ status }) => status);
    return FROM_WORST.find((status) => statuses.includes(status)) ?? 'missing';
  }

  /** Of the tests that an id stands for, the one that decides; undefined where there is none. */
  worst(id: string): TestResult | undefined {
    const status = this.statusOf(id);
    return this.find(id).find((test) => test.status === status);
  }

  /** The tests with exactly this name, in one of the spellings that a runner has for it. */
  named(name: string): readonly TestResult[] {
    return this.#names.get(name) ?? NONE;
  }

  /** The tests whose id begins so. */
  beginningWith(start: string): readonly TestResult[] {
    return this.results.filter(({ id }) => id.startsWith(start));
  }
}

/** A skipped test beside one that passed takes nothing from it. */
const FROM_WORST: readonly TestStatus[] = [
  'timeout',
  'error',
  'failed',
  'missing',
  'xpassed',
  'passed',
  'xfailed',
  'skipped',
];

/** What a log has after the name of a test, such as ` ... ok`, ` PASSED [ 12%]`. */
const STATUS =
  /\s+(?:\.\.\.\s*(?:ok|FAIL|ERROR|skipped.*|expected failure)?|(?:PASSED|FAILED|ERROR|SKIPPED|XFAIL|XPASS)(?:\s+\[\s*\d+%\])?)$/;

const literally: Reading = (id, tests) => tests.named(id);
const respelled: Reading = (id, tests) => tests.named(spelling(id));
const withoutStatus: Reading = (id, tests) => {
  const name = id.replace(STATUS, '');
  return name === id ? NONE : tests.find(name);
};
/** `test_sum[a` of `test_sum[a b]`: log parsers take the name to end at the first blank. */
const cutParameter: Reading = (id, tests) => {
  if (!id.includes('[')) return NONE;
  return tests.beginningWith(id.endsWith(']') ? `${id} ` : id);
};
/** A whole function, class or file. */
const container: Reading = (id, tests) => {
  if (!/\.py\b/.test(id)) return NONE;
  const inside = [...tests.beginningWith(`${id}[`), ...tests.beginningWith(`${id}::`)];
  return inside.length > 0 ? inside : tests.named(`file ${id}`);
};

const READINGS: readonly Reading[] = [literally, respelled, withoutStatus, cutParameter, container];

/** The names of one test, each once. */
function namesOf({ id, file, title }: TestResult): Set<string> {
  const bare = /^[^[]*::(\w+)(?:\[.*)?$/s.exec(id)?.[1];
  const names = [id, spelling(id), `file ${file}`];
  return new Set([...names, ...(bare ? [bare] : []), ...(title ? [title, spelling(title)] : [])]);
}

/**
 * One spelling for names that runners and their versions print differently: `test_a (m.C.test_a)` and `m.C.test_a` for
 * `test_a (m.C)`, escapes for characters, other blanks.
 */
function spelling(name: string): string {
  const plain = name.replaceAll(ESCAPE, unescaped).replaceAll(/\s+/g, ' ').trim();
  const twice = /^(\w+) \(([\w.]+)\.\1\)$/.exec(plain);
  if (twice) return `${twice[1]} (${twice[2]})`;
  const dotted = /^((?:\w+\.)+\w+)\.(test\w*)$/.exec(plain);
  return dotted ? `${dotted[2]} (${dotted[1]})` : plain;
}

const ESCAPE = /\\(?:x([\da-f]{2})|u([\da-f]{4})|U([\da-f]{8})|([ntr\\'"]))/gi;
const CONTROL: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function unescaped(text: string, byte?: string, short?: string, long?: string, control?: string): string {
  const hex = byte ?? short ?? long;
  if (hex === undefined) return CONTROL[control ?? ''] ?? control ?? text;
  const code = Number.parseInt(hex, 16);
  return code <= 0x10ffff ? String.fromCodePoint(code) : text;
}
