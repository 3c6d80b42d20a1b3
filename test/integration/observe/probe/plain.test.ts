import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalEngine } from '../../../../src/observe/engine/local/local-engine.js';
import type { Side } from '../../../../src/observe/engine/engine.js';
import { runPlainly } from '../../../../src/observe/probe/plain.js';
import { removeDirectory } from '../../../../src/platform/remove-directory.js';
import { anInput } from '../../../helpers/builders.js';
import { aTree } from '../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

describe.each(['bubblewrap', 'none'] as const)('inputs that are run plainly (sandbox: %s)', (sandbox) => {
  let directory: string;
  let engine: LocalEngine;
  let side: Side;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    engine = new LocalEngine({ python: undefined, sandbox, workDirectory: directory, description: '' });
    side = await engine.openSide(
      await aTree(directory, 'gold', { 'lib/pkg.py': 'def f(x):\n    return x\n' }),
      {},
    );
  });
  afterEach(async () => {
    await engine.dispose();
    await removeDirectory(directory);
  });

  const run = async (sources: readonly string[], seconds = 60) => {
    const inputs = sources.map((source) =>
      anInput(source, { prelude: 'import os, sys, pkg', prefix: ['n = 1'] }),
    );
    const answers = await runPlainly(side, inputs, ['lib'], seconds);
    return inputs.map(({ id }) => answers.get(id));
  };

  it('prints what they come to, in the same words on every side', async () => {
    expect(
      await run([
        'm = n + 1; pkg.f(m)',
        'pkg.f("é\\U0001f600\\n")',
        '{3, 1, 2}, {"b": [object()], "a": iter([1])}',
        'pkg.f()',
        'print("x", end=""); os.getcwd() + pkg.__file__',
      ]),
    ).toEqual([
      { kind: 'value', type: 'builtins.int', text: '2' },
      { kind: 'value', type: 'builtins.str', text: 'é😀\n' },
      expect.objectContaining({
        text: "tuple(set(1, 2, 3), dict('a': list_iterator(1), 'b': list(<object object at 0x...>)))",
      }),
      expect.objectContaining({ kind: 'raised', type: 'builtins.TypeError' }),
      expect.objectContaining({ text: '<tmp>/<name><root>/lib/pkg.py' }),
    ]);
  });

  it('finds nothing of the probe, and another order of hashes each time', async () => {
    const [modules, seeds] = await run([
      '[name for name in sys.modules if "probe" in name or "patchdiff" in name]',
      '[name for name in os.environ if "HASH" in name]',
    ]);
    expect(modules?.text).toBe('list()');
    expect(seeds?.text).toBe('list()');
    const hashes = [await run(['hash("a")']), await run(['hash("a")'])];
    expect(hashes[0]?.[0]?.text).not.toBe(hashes[1]?.[0]?.text);
  });

  it('says at which the process ended, and nothing of those behind it', async () => {
    expect(await run(['1', 'os._exit(0)', '2'])).toMatchObject([{ text: '1' }, { kind: 'ended' }, undefined]);
    expect(await run(['1', 'while True: pass'], 3)).toMatchObject([{ text: '1' }, undefined]);
  });

  it('tells a set-up that fails from an input that raises', async () => {
    const input = anInput('1', { prelude: 'import absent' });
    const answers = await runPlainly(side, [input], ['lib'], 60);
    expect(answers.get(input.id)).toMatchObject({ kind: 'set-up' });
  });
});
