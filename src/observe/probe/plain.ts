import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { Input } from '../../model/input.js';
import { once } from '../../platform/once.js';
import type { Side } from '../engine/engine.js';
import { importPaths } from './import-paths.js';
import { LineTooLong, readLines } from './lines.js';

/** What an input came to in a script: `ended` where the process did before it printed anything of the input. */
export interface PlainAnswer {
  readonly kind: 'value' | 'raised' | 'set-up' | 'ended';
  /** Qualified type of the value or exception. */
  readonly type: string;
  /** The value as printed or the message, without addresses and temporary paths. */
  readonly text: string;
}

const SCRIPT = fileURLToPath(new URL('../../../containers/plain/script.py', import.meta.url));
const script = once(() => readFile(SCRIPT, 'utf8'));
const LIMITS = { memoryMb: 4096, outputBytes: 65_536, processes: 256 };
const LONGEST_LINE = 1024 * 1024;
const line = z.tuple([z.int(), z.enum(['value', 'raised', 'set-up']), z.string(), z.string()]);

/**
 * Runs inputs on a side as a script does that a user writes: by `python -`, in an ordinary environment, with nothing of
 * the probe. Inputs that the script did not come to in time are absent.
 * @throws InfraError when the side is closed or cannot start processes
 */
export async function runPlainly(
  side: Side,
  inputs: readonly Input[],
  importRoots: readonly string[],
  seconds: number,
): Promise<Map<string, PlainAnswer>> {
  const mark = randomUUID();
  const process = await side.start([side.python, '-'], {
    env: { PYTHONPATH: importPaths(side, importRoots).join(':'), TZ: 'UTC' },
    limits: { ...LIMITS, seconds },
  });
  const programs = inputs.map(({ prelude, prefix, source }) => [[prelude, ...prefix], source]);
  process.stdin.end(
    `${await script()}\n\nmain(json.loads(${pythonText(JSON.stringify(programs))}), "${mark}")\n`,
  );
  const answers = new Map<string, PlainAnswer>();
  try {
    for await (const text of readLines(process.stdout, LONGEST_LINE)) {
      const said = text.startsWith(mark) ? parsed(text.slice(mark.length)) : undefined;
      const input = said && inputs[said[0]];
      if (said && input)
        answers.set(input.id, { kind: said[1], type: said[2], text: steadyText(said[3], side) });
    }
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error;
    const killed = process.kill();
    process.stdout.destroy();
    await killed;
  }
  const { timedOut } = await process.ended;
  const next = inputs.find(({ id }) => !answers.has(id));
  if (next && !timedOut) answers.set(next.id, { kind: 'ended', type: '', text: '' });
  return answers;
}

/** JSON of ASCII texts is Python, too. */
const pythonText = (text: string): string =>
  JSON.stringify(text).replaceAll(/[\u007f-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

function parsed(text: string): z.infer<typeof line> | undefined {
  try {
    return line.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined; // code under test writes to the same stream
  }
}

/** A text without what differs from one process to the next, or with the lines on which the same code is. */
function steadyText(text: string, { root, scratch }: Side): string {
  return text
    .replaceAll(root, '<root>')
    .replaceAll(scratch, '<tmp>')
    .replaceAll(/\btmp[a-z0-9_]{8}\b/g, '<name>')
    .replaceAll(/\b0x[0-9a-fA-F]{6,}/g, '0x...')
    .replaceAll(/\bid='?\d{9,}/g, 'id=...')
    .replaceAll(/\bline \d+/g, 'line N')
    .replaceAll(/\.py:\d+/g, '.py:N')
    .replaceAll(/(?<=Traceback \(most recent call last\):\n)(?:[ \t]+[^\n]*\n)+/g, '');
}
