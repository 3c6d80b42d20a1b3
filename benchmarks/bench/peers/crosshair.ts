import { combine, refused, type Answer } from './outcome.js';
import { lastLine, runTool, type Peer } from './tool.js';

/** `crosshair diffbehavior`: explores both functions symbolically. The pair's time is shared out over its functions. */
export const crosshair: Peer = {
  name: 'crosshair',
  async ask(pair, tools) {
    const seconds = tools.seconds / pair.functions.length;
    const answers: Answer[] = [];
    for (const { gold, candidate } of pair.functions) {
      const limit = ['--per_condition_timeout', String(seconds)];
      const command = ['crosshair', 'diffbehavior', ...limit, gold, candidate];
      const { exitCode, output, outOfTime } = await runTool({ ...tools, seconds }, command, pair.both, pair);
      answers.push(outOfTime ? refused('out of time') : answerOf(exitCode, output));
      if (answers.at(-1)?.kind === 'different') break;
    }
    return combine(answers);
  },
};

function answerOf(exitCode: number | undefined, output: string): Answer {
  if (exitCode === 1) return { kind: 'different', detail: output.split('\n')[0] ?? '' };
  return exitCode === 0 ? { kind: 'same', detail: lastLine(output) } : refused(lastLine(output));
}
