import type { Side } from '../engine/engine.js';
import type { TestRunner } from '../../model/instance.js';
import type { TestRun } from '../../model/test-result.js';
import { BoundedResults } from './bounds.js';
import { importPaths } from './import-paths.js';
import { launchProbe } from './launch.js';
import { LineTooLong, readLines } from './lines.js';
import type { TraceBook } from './trace-book.js';
import { MAX_LINE, parseLine, testRunLine } from './protocol.js';

/** A test file that is in the tree for one run only. */
export interface PlantedFile {
  /** POSIX path relative to the tree, where it has no file. */
  readonly file: string;
  readonly text: string;
  /** Of its tests, the names of those to run. */
  readonly names: readonly string[];
}

/** Which tests to run, and for how long. */
export interface TestRunOptions {
  /** `auto`: pytest if it can be imported, else unittest. */
  readonly runner: TestRunner | 'auto';
  /** POSIX paths relative to the tree. */
  readonly files: readonly string[];
  /** Ids to run; all of the files when absent. */
  readonly select?: readonly string[] | undefined;
  readonly secondsPerTest: number;
  /** For the whole run. */
  readonly seconds: number;
  /** `PYTHONHASHSEED`. */
  readonly hashSeed: number;
  /** Folders of the tree that its packages are imported from; `''` is the tree itself. */
  readonly importRoots: readonly string[];
  /** Notes which functions of the tree each test enters. Costs time, and is meant for trusted sides. */
  readonly trace?: TraceBook | undefined;
  /** Further test files, run after the others; their results stay apart from those of the project. */
  readonly planted?: readonly PlantedFile[] | undefined;
}

const MEMORY_MB = 4096;
let runsOfThisProcess = 0;

/**
 * Runs developer tests on a side. What was reported before a timeout or crash is part of the result.
 * @throws InfraError when the side is closed or cannot start processes
 */
export async function runTests(side: Side, options: TestRunOptions): Promise<TestRun> {
  const { importRoots, runner, files, select = null, secondsPerTest, seconds, hashSeed, trace } = options;
  const { planted = [] } = options;
  const started = Date.now();
  const process = await launchProbe(side, 'tests', hashSeed, { memoryMb: MEMORY_MB, seconds });
  const scratch = `${side.scratch}/tests-${++runsOfThisProcess}`;
  const request = {
    root: side.root,
    path: importPaths(side, importRoots),
    runner,
    files,
    select,
    secondsPerTest,
    scratch,
    trace: trace !== undefined,
    planted,
  };
  process.stdin.end(`${JSON.stringify(request)}\n`);
  const kept = new BoundedResults(new Set(planted.map(({ file }) => file)));
  let completed = false;
  try {
    for await (const line of readLines(process.stdout, MAX_LINE)) {
      const message = parseLine(line, testRunLine);
      if (!message) continue;
      if ('done' in message) completed = true;
      else if ('functions' in message) trace?.define(message.functions.from, message.functions.names);
      else if ('everywhere' in message) trace?.addEverywhere(message.everywhere);
      else if ('irregular' in message) kept.note('irregular', [message.irregular]);
      else if ('altered' in message) kept.note('altered', message.altered);
      else {
        const { entered, ...result } = message.test;
        const own = kept.add(result);
        if (own === 'too-much') break;
        if (entered && own === 'of-project') trace?.addTest(result.file, result.id, entered);
      }
      if (completed) break;
    }
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error;
    const killed = process.kill(); // a crash as good as any
    process.stdout.destroy();
    await killed;
  }
  await process.kill(); // it is done, has said too much, or is gone
  const { timedOut } = await process.ended;
  return {
    ...kept.parts,
    ended: completed ? 'completed' : timedOut ? 'timeout' : 'crashed',
    seconds: (Date.now() - started) / 1000,
    output: process.stderrTail(),
  };
}
