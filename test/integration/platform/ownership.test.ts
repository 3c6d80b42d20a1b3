import { readFile } from 'node:fs/promises';
import { execa } from 'execa';
import ts from 'typescript';
import { expect, it } from 'vitest';
import { isOwnerGone, ownerMark } from '../../../src/platform/ownership.js';

const MODULE = new URL('../../../src/platform/ownership.ts', import.meta.url);

it('says nothing of a process in another PID namespace of this machine, whose id means another process here', async () => {
  const { outputText } = ts.transpileModule(await readFile(MODULE, 'utf8'), {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 },
  });
  const program = `${outputText}\nconsole.log(ownerMark());`;
  const namespace = [
    '--unshare-pid',
    '--bind',
    '/',
    '/',
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    '--die-with-parent',
  ];
  const node = [process.execPath, '--input-type=module', '--eval', program];
  const { stdout: mark } = await execa('bwrap', [...namespace, '--', ...node]);
  const [pid = '', started = '', place = ''] = mark.split('-');
  const ownPlace = ownerMark().split('-')[2] ?? '';
  expect(place).not.toBe(ownPlace);
  expect(isOwnerGone(mark)).toBe(false);
  expect(isOwnerGone([pid, started, ownPlace].join('-'))).toBe(true);
});
