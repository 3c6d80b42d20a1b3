import type { Side } from '../engine/engine.js';
import type { TestRunner } from '../../model/instance.js';
import type { TestRun } from '../../model/test-result.js';
import { BoundedResults } from './bounds.js';
import { importPaths } from './import-paths.js';
import { launchProbe } from './launch.js';
import { LineTooLong, readLines } from './lines.js';
import type { TraceBook } from './trace-book.js';
import { MAX_LINE, parseLine, testRunLine } from './protocol.js';

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
}

const MEMORY_MB = 4096;
let runsOfThisProcess = 0;

/**
 * Runs developer tests on a side. What was reported before a timeout or crash is part of the result.
 * @throws InfraError when the side is closed or cannot start processes
 */
export async function runTests(side: Side, options: TestRunOptions): Promise<TestRun> {
  const { importRoots, runner, files, select = null, secondsPerTest, seconds, hashSeed, trace } = options;
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
  };
  process.stdin.end(`${JSON.stringify(request)}\n`);
  const kept = new BoundedResults();
  let completed = false;
  try {
    for await (const line of readLines(process.stdout, MAX_LINE)) {
      const message = parseLine(line, testRunLine);
      if (!message) continue;
      if ('done' in message) completed = true;
      else if ('functions' in message) trace?.define(message.functions.from, message.functions.names);
      else if ('everywhere' in message) trace?.addEverywhere(message.everywhere);
      else {
        const { entered, ...result } = message.test;
        if (!kept.add(result)) break;
        if (entered) trace?.addTest(result.file, result.id, entered);
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
    results: kept.results,
    ended: completed ? 'completed' : timedOut ? 'timeout' : 'crashed',
    seconds: (Date.now() - started) / 1000,
    output: process.stderrTail(),
  };
}
