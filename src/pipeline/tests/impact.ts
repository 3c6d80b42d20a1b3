import pLimit from 'p-limit';
import { onlyAddsImports } from '../../python/body-change.js';
import { isProductCode, isTestFile, readSource } from '../../python/source-files.js';
import type { SideTree } from '../../model/side.js';
import type { Target } from '../../model/target.js';
import type { TestResult } from '../../model/test-result.js';
import { ELSEWHERE, type TraceBook } from '../../observe/probe/trace-book.js';

/** A patch may change more files than can be open. */
const atATime = pLimit(64);

/**
 * What a trace made on gold says of a test. `direct`: it entered code in which gold and candidate differ.
 * `possible`: nothing rules out that it rests on such code, which acts while importing or out of sight. `none`: the
 * test ends on the candidate as it does on gold.
 */
export type TestReach = 'direct' | 'possible' | 'none';

interface Trees {
  readonly base: SideTree;
  readonly gold: SideTree;
  readonly candidate: SideTree;
}

/** Text that no test can rest on. */
const PROSE = /\.(rst|md|txt)$|(^|\/)(docs?|changelog)\//i;
/** Functions that are found by their name, so that no caller changes when one is added. */
const FOUND_BY_NAME = /^(__\w+__|pytest_\w+|test_\w+)$/;

/** Which tests can end differently on gold and on one candidate. */
export class Impact {
  private constructor(
    private readonly trace: TraceBook,
    /** What a test must have entered. */
    private readonly names: ReadonlySet<string>,
    /** What it may have read instead, or had another process do. */
    private readonly hidden: ReadonlySet<string>,
    private readonly changedTests: ReadonlySet<string>,
    /** A difference that shows while importing: it can be anywhere. */
    private readonly diffuse: boolean,
  ) {}

  /** @param trace of gold */
  static async of(trace: TraceBook, targets: readonly Target[], trees: Trees): Promise<Impact> {
    const differing = targets.filter(
      ({ definitions }) => definitions.gold?.tokens !== definitions.candidate?.tokens,
    );
    const names = new Set<string>();
    const hidden = new Set(differing.length > 0 ? [ELSEWHERE] : []);
    let diffuse = false;
    for (const target of differing) {
      hidden.add(`${target.file}::<read>`);
      const name = await enteredFor(target, trace, trees);
      if (name === 'anything') diffuse = true;
      else if (name !== 'nothing') names.add(name);
    }
    const others = await differingFiles(trees);
    const changedTests = new Set(others.filter((file) => isTestFile(file)));
    const support = others.some((file) =>
      isTestFile(file) ? !/(^|\/)(test_[^/]*|[^/]*_tests?|tests)\.py$/.test(file) : !PROSE.test(file),
    );
    return new Impact(trace, names, hidden, changedTests, diffuse || support);
  }

  /** What can be said of a test. */
  reach({ file, id }: Pick<TestResult, 'file' | 'id'>): TestReach {
    if (this.changedTests.has(file)) return 'direct';
    const direct = this.trace.enters(file, id, this.names);
    if (direct === true) return 'direct';
    const unseen = direct === undefined || this.diffuse || this.trace.enters(file, id, this.hidden);
    return unseen === true ? 'possible' : 'none';
  }
}

/** What a test has entered on gold if it can notice that a target differs: a name, anything, or nothing at all. */
async function enteredFor(target: Target, trace: TraceBook, trees: Trees): Promise<string> {
  const { id, file, qualname, kind, definitions } = target;
  const { gold, candidate } = definitions;
  if (kind === 'module') return (await isHarmless(file, trees)) ? 'nothing' : 'anything';
  if (kind === 'class') return 'anything';
  if (!gold) return callerOf(file, qualname, candidate?.decorators ?? [], trace);
  if (!trace.knows(`${file}::<module>`) || trace.isEverywhere(id)) return 'anything';
  const decorators = (one: typeof gold) => one.decorators.join('\n');
  if (candidate && decorators(gold) !== decorators(candidate)) return 'anything';
  return trace.knows(id) ? id : 'anything';
}

/** A function that only the candidate has is reached through the code that uses it, which has then changed itself. */
function callerOf(file: string, qualname: string, decorators: readonly string[], trace: TraceBook): string {
  const parts = qualname.split('.');
  const name = parts.at(-1) ?? '';
  const around = parts.slice(0, -1).join('.');
  if (around === '') return decorators.length > 0 || FOUND_BY_NAME.test(name) ? 'anything' : 'nothing';
  const outer = `${file}::${around}`;
  // A method can take the place of an inherited one.
  return trace.knows(outer) && !trace.isEverywhere(outer) ? outer : 'anything';
}

async function isHarmless(file: string, { base, gold, candidate }: Trees): Promise<boolean> {
  const [before, one, other] = await Promise.all(
    [base, gold, candidate].map(({ directory }) => readSource(directory, file)),
  );
  if (before === undefined) return one === undefined; // a new module is reached through those that import it
  return one !== undefined && other !== undefined && onlyAddsImports(before, one, other);
}

/** Files beside the product's code in which gold and candidate differ. */
async function differingFiles({ gold, candidate }: Trees): Promise<string[]> {
  const files = [...new Set([...gold.changedFiles, ...candidate.changedFiles])];
  const differ = await Promise.all(
    files.map((file) =>
      atATime(async () => {
        if (isProductCode(file)) return false;
        const [one, other] = await Promise.all([
          readSource(gold.directory, file),
          readSource(candidate.directory, file),
        ]);
        return one !== other;
      }),
    ),
  );
  return files.filter((_, index) => differ[index]);
}
