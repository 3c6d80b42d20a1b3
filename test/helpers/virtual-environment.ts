import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache', import.meta.url));

/** Makes a virtual environment with these packages, or takes the one made before, and gives its Python. */
export async function virtualEnvironment(...packages: readonly string[]): Promise<string> {
  const directory = path.join(CACHE, packages.join('-'));
  const python = path.join(directory, 'bin/python');
  const hasThem = await execa(python, ['-c', `import ${packages.join(', ')}`], { reject: false });
  if (!hasThem.failed) return python;
  await execa('python3', ['-m', 'venv', '--clear', directory]);
  await execa(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages]);
  return python;
}
