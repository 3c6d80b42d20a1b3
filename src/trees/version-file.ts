import { readFile, realpath, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** Files in which a project says that setuptools_scm writes its version into the tree when it is built. */
const SETTINGS = ['pyproject.toml', 'setup.cfg', 'setup.py'];
const SETTING = /["']?\b(?:write_to|version_file)["']?\s*[=:]\s*["']?([\w][\w./-]*\.py)\b/;

/**
 * Writes the version module that building the project would have made, where the tree has none: some
 * packages cannot be imported without it. The same for every side of an instance.
 *
 * @param version the benchmark's version of the project
 */
export async function writeVersionFile(directory: string, version = '0.0'): Promise<void> {
  const root = await realpath(directory);
  for (const name of SETTINGS) {
    const text = await readFile(path.join(root, name), 'utf8').catch(() => '');
    const file = SETTING.exec(text)?.[1];
    if (file === undefined || file.split('/').includes('..')) continue;
    await writeMissing(root, path.join(root, file), version);
    return;
  }
}

/** A patch may have made a link of a directory: nothing is written outside the tree. */
async function writeMissing(root: string, file: string, version: string): Promise<void> {
  const parent = path.dirname(file);
  const existing = await realpath(parent).catch(() => null);
  if (existing === null || !`${existing}/`.startsWith(`${root}/`)) return;
  if (await stat(file).then(Boolean, () => false)) return;
  const numbers = version.match(/\d+/g) ?? ['0'];
  const full = [...numbers, '0', '0'].slice(0, Math.max(3, numbers.length));
  const lines = [`version = __version__ = "${full.join('.')}"`, `version_tuple = (${full.join(', ')})`, ''];
  await writeFile(file, lines.join('\n'), { flag: 'wx' }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // it is a dangling link
  });
}
