import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { readPatchFile as readRecord } from '../../../../src/datasets/prediction-file.js';
import { loadPredictions } from '../../../../src/datasets/predictions.js';
import { codeDifference } from '../../../../src/change/identical.js';
import { sha256 } from '../../../../src/pipeline/judge/record.js';
import { bytesOfText, textOfBytes } from '../../../../src/platform/byte-text.js';
import { applyPatch } from '../../../../src/trees/patch/apply.js';
import { openRepository, patchFromRevision } from '../../../../src/trees/repository.js';
import { commitFiles, makeRepository, makeTree, userGit } from '../../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

const latin1 = (text: string) => Buffer.from(text, 'latin1');
const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');
const FILE = 'pkg/m.py';

/** What a file holds before and after. */
const CHANGES: readonly (readonly [string, Buffer, Buffer])[] = [
  [
    'latin-1',
    latin1('# coding: latin-1\nx = "\xe9"\ny = 1\n'),
    latin1('# coding: latin-1\nx = "\xe8"\ny = 1\n'),
  ],
  [
    'Shift-JIS',
    Buffer.from([0x78, 0x3d, 0x22, 0x93, 0xfa, 0x22, 0x0a, 0x79, 0x0a]),
    Buffer.from([0x78, 0x3d, 0x22, 0x96, 0x7b, 0x5c, 0x22, 0x0a, 0x79, 0x0a]),
  ],
  ['UTF-16 with a mark', utf16('a\nb\nc\n'), utf16('a\nB\nc\n')],
  ['UTF-8 with a mark', Buffer.from('\uFEFFa = 1\nb = 2\n'), Buffer.from('\uFEFFa = 1\nb = 3\n')],
  ['mixed line ends', latin1('a\r\nb\nc\rd\r\ne\n'), latin1('a\r\nb\r\nc\rD\nd\r\ne\n')],
  ['only carriage returns', latin1('a\rb\rc'), latin1('a\rB\rc')],
  ['CRLF', latin1('a\r\nb\r\n'), latin1('a\r\nc\r\n')],
  ['NUL', latin1('a\0b\nc\n'), latin1('a\0B\nc\0\n')],
  ['what looks like headers', latin1('-- x\r\nb\n'), latin1('-- x\r\n++ y\r\nb\n')],
  [
    'line separators',
    Buffer.from('a\u2028diff --git a/z b/z\nb\n'),
    Buffer.from('a\u2028diff --git a/z b/z\nc\n'),
  ],
  ['no final newline', latin1('\xe9\nb'), latin1('\xe9\nc')],
];

const readPatchFile = async (file: string): Promise<string | null> => {
  const record = await readRecord(file, 'i', 'm', 'x');
  return record.kind === 'prediction' ? record.prediction.patch : null;
};

async function patchOf(before: Buffer, after: Buffer): Promise<Buffer> {
  const { directory } = await makeRepository({ [FILE]: before });
  await writeFile(path.join(directory, FILE), after);
  const { stdout } = await execa('git', ['diff', '--text'], {
    cwd: directory,
    encoding: 'buffer',
    stripFinalNewline: false,
  });
  return Buffer.from(stdout);
}

/** What plain `git apply` makes of it. */
async function byGit(before: Buffer, patch: Buffer): Promise<Buffer> {
  const directory = await temporaryDirectory();
  await mkdir(path.join(directory, 'pkg'));
  await writeFile(path.join(directory, FILE), before);
  await execa('git', ['apply', '-'], { cwd: directory, input: patch });
  return readFile(path.join(directory, FILE));
}

describe('a patch is bytes', () => {
  it.each(CHANGES)('%s: the tree is what `git apply` makes, to the byte', async (_, before, after) => {
    const patch = await patchOf(before, after);
    const tree = await makeTree({ [FILE]: before });
    expect(await applyPatch(tree, textOfBytes(patch))).toMatchObject({
      kind: 'applied',
      strategy: 'git-apply',
    });
    const made = await readFile(path.join(tree.directory, FILE));
    expect(made).toEqual(await byGit(before, patch));
    expect(made).toEqual(after);
  });

  it.each(CHANGES)(
    '%s: it comes unchanged out of a patch file and a predictions file',
    async (_, before, after) => {
      const patch = await patchOf(before, after);
      const directory = await temporaryDirectory();
      const [file, predictions] = [path.join(directory, 'i.patch'), path.join(directory, 'p.json')];
      await writeFile(file, patch);
      expect(bytesOfText((await readPatchFile(file)) ?? '')).toEqual(patch);
      await writeFile(predictions, JSON.stringify({ i: textOfBytes(patch) }));
      const known = [{ instanceId: 'i', goldPatch: '', source: { file: 'd' } }];
      const loaded = await loadPredictions([predictions], known);
      expect(bytesOfText(loaded.predictions[0]?.patch ?? '')).toEqual(patch);
    },
  );

  it('two that differ in a byte are two: in their hashes, their effects and their code', async () => {
    const [, before = Buffer.alloc(0), after = Buffer.alloc(0)] = CHANGES[0] ?? [];
    const other = latin1(after.toString('latin1').replace('\xe8', '\xea'));
    const patches = await Promise.all(
      [after, other].map(async (one) => textOfBytes(await patchOf(before, one))),
    );
    expect(new Set(patches.map(sha256)).size).toBe(2);
    const trees = await Promise.all(
      patches.map(async (patch) => {
        const tree = await makeTree({ [FILE]: before });
        return { tree, result: await applyPatch(tree, patch) };
      }),
    );
    const blobs = trees.map(({ result }) => (result.kind === 'applied' ? result.changes[0]?.blob : null));
    expect(new Set(blobs).size).toBe(2);
    const [one, two] = trees.map(({ tree }) => tree.directory);
    expect(await codeDifference(one ?? '', two ?? '', [FILE])).toBe('code');
  });

  it('the same bytes in another declared encoding are another code', async () => {
    const files = ['latin-1', 'cp1251'].map((encoding) => latin1(`# coding: ${encoding}\nx = "\xe9"\n`));
    const trees = await Promise.all(files.map((content) => makeTree({ [FILE]: content })));
    expect(await codeDifference(trees[0]?.directory ?? '', trees[1]?.directory ?? '', [FILE])).toBe('code');
  });

  it('comes unchanged from a revision', async () => {
    const [, before = Buffer.alloc(0), after = Buffer.alloc(0)] = CHANGES[0] ?? [];
    const { directory, commit } = await makeRepository({ [FILE]: before });
    const fixed = await commitFiles(directory, { [FILE]: after });
    const repository = await openRepository('r', path.join(directory, '.git'), directory);
    if (!repository) throw new Error('no repository');
    const tree = await makeTree({ [FILE]: before });
    await applyPatch(tree, await patchFromRevision(repository, commit, fixed));
    expect(await readFile(path.join(tree.directory, FILE))).toEqual(after);
    expect(await userGit(directory, 'status', '--short')).toBe('');
  });

  it('that a shell wrote in UTF-16 is read as the text it is', async () => {
    const file = path.join(await temporaryDirectory(), 'i.patch');
    await writeFile(file, utf16('--- a/x\n+++ b/x\n'));
    expect(await readPatchFile(file)).toBe('--- a/x\n+++ b/x\n');
  });

  it('of a new file in CRLF makes the file that `git apply` makes', async () => {
    const text =
      'diff --git a/n.py b/n.py\r\nnew file mode 100644\r\n--- /dev/null\r\n+++ b/n.py\r\n@@ -0,0 +1 @@\r\n+c\r\n';
    const tree = await makeTree({ [FILE]: 'x\n' });
    expect(await applyPatch(tree, text)).toMatchObject({ kind: 'applied', strategy: 'git-apply' });
    expect(await readFile(path.join(tree.directory, 'n.py'), 'latin1')).toBe('c\r\n');
  });
});
