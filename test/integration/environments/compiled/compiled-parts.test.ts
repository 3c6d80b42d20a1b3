import { access, mkdir, readdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { CompiledParts } from '../../../../src/environments/compiled/compiled-parts.js';
import { copyInto } from '../../../../src/environments/compiled/modules.js';
import type { ProjectBuild, SideEnvironment } from '../../../../src/model/recipe.js';
import type { SideTree } from '../../../../src/model/side.js';
import { findInterpreter } from '../../../../src/observe/engine/interpreter.js';
import { LocalEngine } from '../../../../src/observe/engine/local/local-engine.js';
import { removeDirectory } from '../../../../src/platform/remove-directory.js';
import { aTree, runPython, writeFiles } from '../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

/** A module with one function; where there is no compiler, its text stands for it. */
const moduleThatAnswers = (answer: number) => `
#include <Python.h>
static PyObject *answer(PyObject *self, PyObject *none) { return PyLong_FromLong(${answer}); }
static PyMethodDef methods[] = {{"answer", answer, METH_NOARGS, ""}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "fast", NULL, -1, methods};
PyMODINIT_FUNC PyInit_fast(void) { return PyModule_Create(&module); }
`;
const SETUP = `
import os, shutil, subprocess, sysconfig
module = "pkg/fast" + sysconfig.get_config_var("EXT_SUFFIX")
compiler = shutil.which("cc")
os.mkdir("build")
if compiler:
    include = sysconfig.get_paths()["include"]
    subprocess.check_call([compiler, "-shared", "-fPIC", "-I" + include, "-o", module, "pkg/fast.c"])
else:
    shutil.copy("pkg/fast.c", module)
open("build/fast.o", "w").close()
open("pkg/fast.o", "w").close()
with open("pkg/version.py", "w") as file:
    file.write("version = %r" % os.environ["SETUPTOOLS_SCM_PRETEND_VERSION"])
`;
const PROJECT = {
  'setup.py': SETUP,
  'pkg/__init__.py': '',
  'pkg/fast.c': moduleThatAnswers(42),
  'pkg/slow.py': 'x = 1\n',
} as const;
const BUILD: ProjectBuild = {
  commands: ['python setup.py'],
  version: '1.2.0',
  name: 'a/b 1.2',
  apt: ['gcc'],
};
const hasCompiler = !(await execa('cc', ['--version'], { reject: false })).failed;

describe('CompiledParts', () => {
  const onBuild = vi.fn();
  let directory: string;
  let cache: string;
  let engine: LocalEngine;
  let sut: CompiledParts;
  let environment: SideEnvironment;
  let suffix: string;

  beforeEach(async () => {
    onBuild.mockReset();
    directory = await temporaryDirectory();
    cache = path.join(directory, 'cache');
    await mkdir(cache);
    engine = new LocalEngine({
      ...{ python: undefined, sandbox: 'bubblewrap', workDirectory: directory, description: '' },
    });
    sut = new CompiledParts({ engine, cacheDirectory: cache, workDirectory: directory, onBuild });
    const { executable } = await findInterpreter(undefined);
    environment = { python: executable, recipe: 'r', build: BUILD };
    const print = 'import sysconfig; print(sysconfig.get_config_var("EXT_SUFFIX"))';
    suffix = (await execa(executable, ['-c', print])).stdout;
  });
  afterEach(async () => {
    await engine.dispose();
    await removeDirectory(directory);
  });

  /** A tree of which only the files of its patch count as changed. */
  const tree = async (side: SideTree['side'], patch: Readonly<Record<string, string>> = {}, more = {}) => ({
    ...(await aTree(directory, side, { ...PROJECT, ...more, ...patch })),
    changedFiles: Object.keys(patch),
  });
  const moduleOf = ({ directory: of }: SideTree) => path.join(of, `pkg/fast${suffix}`);
  /** What the module of a tree answers: called where it is a real one. */
  async function answerOf(of: SideTree): Promise<string> {
    if (!hasCompiler) return /FromLong\((\d+)\)/.exec(await readFile(moduleOf(of), 'utf8'))?.[1] ?? '';
    const side = await engine.openSide(of, environment);
    const call = `import sys; sys.path.insert(0, ${JSON.stringify(side.root)}); from pkg import fast; print(fast.answer())`;
    return (await runPython(side, call)).stdout;
  }

  it('are built once for the sides that have the same compiled sources, and nothing else is left', async () => {
    const [base, gold] = [await tree('base'), await tree('gold', { 'pkg/slow.py': 'x = 2\n' })];
    for (const side of [base, gold]) await sut.complete(side, environment);
    expect(onBuild.mock.calls).toEqual([['the compiled parts of a/b 1.2']]);
    expect(await readdir(base.directory)).toEqual(['pkg', 'setup.py']);
    expect((await readdir(path.join(base.directory, 'pkg'))).sort()).toEqual(
      ['__init__.py', 'fast.c', `fast${suffix}`, 'slow.py', 'version.py'].sort(),
    );
    expect(await readFile(path.join(base.directory, 'pkg/version.py'), 'utf8')).toBe("version = '1.2.0'");
    expect([await answerOf(base), await answerOf(gold)]).toEqual(['42', '42']);
  });

  it('are kept for the next run', async () => {
    await sut.complete(await tree('base'), environment);
    const next = new CompiledParts({ engine, cacheDirectory: cache, workDirectory: directory, onBuild });
    const gold = await tree('gold');
    await next.complete(gold, environment);
    expect(onBuild).toHaveBeenCalledTimes(1);
    expect(await answerOf(gold)).toBe('42');
  });

  it('are built again where a patch changes their sources; what a candidate builds is its own', async () => {
    await sut.complete(await tree('base'), environment);
    const candidate = await tree('candidate', { 'pkg/fast.c': moduleThatAnswers(7) });
    await sut.complete(candidate, environment);
    expect(onBuild).toHaveBeenCalledTimes(2);
    expect(await answerOf(candidate)).toBe('7');
    expect(await readdir(cache)).toHaveLength(1);
  });

  it('that are in a tree stay as they are, until a patch changes their sources', async () => {
    const committed = { [`pkg/fast${suffix}`]: 'as committed' };
    const gold = await tree('gold', { 'pkg/slow.py': 'x = 2\n' }, committed);
    await sut.complete(gold, environment);
    expect(onBuild).not.toHaveBeenCalled();
    expect(await readFile(moduleOf(gold), 'utf8')).toBe('as committed');
    const candidate = await tree('candidate', { 'pkg/fast.c': moduleThatAnswers(7) }, committed);
    await sut.complete(candidate, environment);
    expect(await answerOf(candidate)).toBe('7');
  });

  it('are taken from an interpreter that has the package, where nothing says how to build them', async () => {
    const venv = path.join(directory, 'venv');
    await execa(environment.python ?? '', ['-m', 'venv', '--without-pip', venv]);
    const python = path.join(venv, 'bin', 'python');
    const print = 'import sysconfig; print(sysconfig.get_paths()["platlib"])';
    const { stdout: packages } = await execa(python, ['-c', print]);
    await writeFiles(packages, { [`pkg/fast${suffix}`]: 'of the interpreter', 'pkg/slow.py': '' });
    const gold = await tree('gold');
    await sut.complete(gold, { python });
    expect(await readFile(moduleOf(gold), 'utf8')).toBe('of the interpreter');
    expect(await readFile(path.join(gold.directory, 'pkg/slow.py'), 'utf8')).toBe('x = 1\n');
  });

  it('are never written through a link that leads out of the tree', async () => {
    const candidate = await tree('candidate');
    const outside = path.join(directory, 'outside');
    await mkdir(outside);
    await rm(path.join(candidate.directory, 'pkg'), { recursive: true });
    await symlink(outside, path.join(candidate.directory, 'pkg'));
    const made = path.join(directory, 'made');
    await writeFiles(made, { 'pkg/fast.so': 'x', 'pkg/deep/fast.so': 'x', 'other/fast.so': 'x' });
    const files = ['pkg/fast.so', 'pkg/deep/fast.so', 'other/fast.so'];
    await copyInto(candidate.directory, made, files, () => true);
    expect(await readdir(outside)).toEqual([]);
    expect(await readdir(path.join(candidate.directory, 'other'))).toEqual(['fast.so']);
  });

  it.each([
    ['fails', 'echo no such header; exit 1', 'cannot be built (its image has gcc): no such header'],
    ['makes nothing', 'true', 'left no module beside the sources; see `build` of the recipe'],
    [
      'looks for a network',
      'python -c "import socket; socket.create_connection((\'1.1.1.1\', 80), 5)"',
      'unreachable',
    ],
  ])('a build that %s is the reason why nothing can be judged', async (_what, command, detail) => {
    const gold = await tree('gold');
    const broken = { ...environment, build: { ...BUILD, commands: [command, 'true'] } };
    await expect(sut.complete(gold, broken)).rejects.toMatchObject({
      reason: 'environment-broken',
      detail: expect.stringContaining(detail) as string,
    });
    await expect(access(moduleOf(gold))).rejects.toThrow();
    expect(await readdir(cache)).toEqual([]);
  });
});
