import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { combine, refused, type Answer } from './outcome.js';
import type { FunctionPair, PeerPair } from './pair.js';
import { lastLine, runTool, type Peer, type Tools } from './tool.js';

/**
 * The Hypothesis ghostwriter: writes an equivalence test, which is run with one seed after the other while there
 * is time. `--errors-equivalent` is `--equivalent` that takes the same error on both sides for the same behaviour.
 */
export const ghostwriter: Peer = {
  name: 'ghostwriter',
  async ask(pair, tools) {
    const answers: Answer[] = [];
    for (const functions of pair.functions) {
      answers.push(
        await compare(functions, pair, { ...tools, seconds: tools.seconds / pair.functions.length }),
      );
      if (answers.at(-1)?.kind === 'different') break;
    }
    return combine(answers);
  },
};

async function compare({ gold, candidate }: FunctionPair, pair: PeerPair, tools: Tools): Promise<Answer> {
  const deadline = Date.now() + tools.seconds * 1000;
  const write = ['hypothesis', 'write', '--errors-equivalent', gold, candidate];
  const written = await runTool(tools, write, pair.both, pair);
  if (written.outOfTime || written.exitCode !== 0) return refused(lastLine(written.output));
  if (written.output.includes('st.nothing()')) return refused('no strategy for an argument');
  await writeFile(path.join(pair.both, 'test_ghost.py'), withPlainNames(written.output));
  for (let seed = 0; seed === 0 || Date.now() < deadline; seed += 1) {
    const run = ['python', '-m', 'pytest', '-q', `--hypothesis-seed=${seed}`, 'test_ghost.py'];
    const { exitCode, output, outOfTime } = await runTool(tools, run, pair.both, pair);
    if (outOfTime) return refused('out of time');
    if (exitCode !== 0) return failure(output);
  }
  return { kind: 'same', detail: 'the written test passes' };
}

/** A test that fails shows a difference, unless it is Hypothesis that could not run it. */
function failure(output: string): Answer {
  const error = /hypothesis\.errors\.(\w+)/.exec(output)?.[1];
  return error === undefined ? { kind: 'different', detail: lastLine(output) } : refused(error);
}

/** The ghostwriter puts the dots of a module into the names of variables when two functions share a name. */
export const withPlainNames = (source: string): string =>
  source.replace(/\bresult_[\w.]+/g, (name) => name.replaceAll('.', '_'));
