import { refused, type Answer } from './outcome.js';
import { runTool, type Peer } from './tool.js';

const RUNS = 3;

/** The baseline that needs no tool: the test files, run several times on each side. */
export const reruns: Peer = {
  name: 'test reruns',
  async ask(pair, tools) {
    const command = ['python', '-m', 'pytest', '-q', '-rfE', ...pair.testFiles];
    const failures: Record<'gold' | 'candidate', string[]> = { gold: [], candidate: [] };
    for (let run = 0; run < RUNS; run += 1)
      for (const side of ['gold', 'candidate'] as const) {
        const { output, outOfTime } = await runTool(tools, command, pair[side], pair);
        if (outOfTime) return refused('out of time');
        failures[side].push(failedTests(output));
      }
    return compareRuns(failures.gold, failures.candidate);
  },
};

/** The tests that did not pass, as pytest's summary names them. */
export function failedTests(output: string): string {
  const names = [...output.matchAll(/^(?:FAILED|ERROR) (\S+)/gm)].map(([, name]) => name);
  return names.sort().join(' ');
}

/** Runs that agree on each side and not with the other side show a difference. */
export function compareRuns(gold: readonly string[], candidate: readonly string[]): Answer {
  if (new Set(gold).size > 1 || new Set(candidate).size > 1) return refused('flaky tests');
  return gold[0] === candidate[0]
    ? { kind: 'same', detail: 'the same tests pass' }
    : { kind: 'different', detail: candidate[0] ?? '' };
}
