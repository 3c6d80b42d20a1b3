import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { secondsFromNow } from '../../../../src/platform/budget.js';
import { z } from 'zod';
import { LocalEngine } from '../../../../src/observe/engine/local/local-engine.js';
import { removeDirectory } from '../../../../src/platform/remove-directory.js';
import { ProbeServer, type Patience } from '../../../../src/observe/probe/server.js';
import { aTree, LIMITS } from '../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

const ANSWER = z.object({ answer: z.number() });

/** The client against servers that break the protocol, each a few lines of Python. */
describe('a server that breaks the protocol', () => {
  let directory: string;
  let engine: LocalEngine;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    engine = new LocalEngine({
      python: undefined,
      sandbox: 'none',
      workDirectory: directory,
      description: '',
    });
  });
  afterEach(async () => {
    await engine.dispose();
    await removeDirectory(directory);
  });

  const exchange = async (program: string, patience: Patience = { silenceMs: 20_000 }) => {
    const side = await engine.openSide(await aTree(directory, 'gold', {}), {});
    const script = `import json, os, sys, time\nask = lambda: json.loads(input())["id"]\n${program}`;
    const process = await side.start([side.python, '-uc', script], { env: {}, limits: LIMITS });
    const sut = new ProbeServer(process);
    const answers: number[] = [];
    const accept = ({ answer }: z.infer<typeof ANSWER>) => answers.push(answer) === 2;
    const end = await sut.exchange({ op: 'ask' }, ANSWER, accept, patience);
    return { answers, end, alive: sut.alive };
  };
  const answer = (value: number) => `print(json.dumps({"id": i, "answer": ${value}}))`;

  it('is heard where it keeps to it', async () => {
    const { answers, end, alive } = await exchange(`
i = ask(); print("garbage"); print('{"id": 7, "answer": 7}'); ${answer(1)}
print(json.dumps({"id": i, "answer": "two"})); print("\\udcff".encode("utf-8", "surrogateescape")); ${answer(2)}; time.sleep(60)`);
    expect({ answers, end, alive }).toEqual({ answers: [1, 2], end: { kind: 'answered' }, alive: true });
  });

  it('is dead when it ends between two answers, and says why', async () => {
    const { answers, end, alive } = await exchange(
      `i = ask(); ${answer(1)}; sys.stdout.write('{"id": 1, "ans'); print("out of luck", file=sys.stderr); os._exit(4)`,
    );
    expect({ answers, alive }).toEqual({ answers: [1], alive: false });
    expect(end).toMatchObject({
      kind: 'died',
      end: { exitCode: 4 },
      reason: expect.stringContaining('out of luck') as string,
    });
  });

  it('is killed when a line has no end', async () => {
    const { end } = await exchange('while True: sys.stdout.write("x" * 1000000)');
    expect(end).toMatchObject({
      kind: 'died',
      end: { signal: 'SIGKILL' },
      reason: expect.stringContaining('line') as string,
    });
  });

  it.each(['time.sleep(60)', 'while True: print("garbage"); time.sleep(0.01)'])(
    'is killed when it does not answer: %s',
    async (program) => {
      const { end } = await exchange(`i = ask(); ${answer(1)}\n${program}`, { silenceMs: 1000 });
      expect(end).toMatchObject({ kind: 'died', end: { signal: 'SIGKILL' }, reason: 'no answer for 1 s' });
    },
  );

  it('is killed when it says that it failed', async () => {
    const { end } = await exchange(
      'i = ask(); print(json.dumps({"id": i, "error": "no such thing"})); time.sleep(60)',
    );
    expect(end).toMatchObject({ kind: 'died', reason: 'no such thing' });
  });

  it('is killed when the time is up, with what it answered until then', async () => {
    const { answers, end } = await exchange(`i = ask(); ${answer(1)}; time.sleep(60)`, {
      silenceMs: 20_000,
      limit: secondsFromNow(4),
    });
    expect({ answers, end }).toEqual({ answers: [1], end: { kind: 'out-of-time' } });
  });
});
