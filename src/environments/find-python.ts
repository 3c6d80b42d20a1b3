import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { askInterpreter, type Interpreter } from '../observe/engine/interpreter.js';

/**
 * An interpreter of a minor version, such as `3.9`: `python3.9` or `python3` on the PATH, or one that pyenv or uv
 * has installed. Undefined when there is none.
 */
export async function findPython(minor: string): Promise<Interpreter | undefined> {
  for (const command of [`python${minor}`, 'python3', ...(await installed(minor))]) {
    const found = await askInterpreter(command);
    if (found?.version.startsWith(`${minor}.`)) return found;
  }
  return undefined;
}

/** Executables of the version in the directories of version managers, newest patch release first. */
async function installed(minor: string): Promise<string[]> {
  const { PYENV_ROOT, UV_PYTHON_INSTALL_DIR, XDG_DATA_HOME } = process.env;
  const home = os.homedir();
  const places: readonly (readonly [directory: string, prefix: string])[] = [
    [path.join(PYENV_ROOT ?? path.join(home, '.pyenv'), 'versions'), ''],
    [
      UV_PYTHON_INSTALL_DIR ?? path.join(XDG_DATA_HOME ?? path.join(home, '.local', 'share'), 'uv', 'python'),
      'cpython-',
    ],
  ];
  const found: string[] = [];
  for (const [directory, prefix] of places) {
    const names = await readdir(directory).catch(() => []);
    const releases = names.filter((name) => name.startsWith(`${prefix}${minor}.`));
    releases.sort((left, right) => right.localeCompare(left, 'en', { numeric: true }));
    found.push(...releases.map((name) => path.join(directory, name, 'bin', `python${minor}`)));
  }
  return found;
}
