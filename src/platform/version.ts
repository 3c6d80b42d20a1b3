import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const PACKAGE = new URL('../../package.json', import.meta.url);
const PROGRAM = fileURLToPath(new URL('..', import.meta.url));

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
}

const manifest = (): Manifest => JSON.parse(readFileSync(PACKAGE, 'utf8')) as Manifest;

/** The version in package.json. */
export const toolVersion = (): string => manifest().version;

/** The oldest Node.js that package.json allows: `20.19.0`. */
export const oldestNode = (): string => manifest().engines.node.replace(/^>=/, '');

/**
 * SHA-256 over package.json and the modules of this program, in hexadecimal; during
 * development the program changes more often than its version.
 */
export async function programVersion(): Promise<string> {
  const names = (await readdir(PROGRAM, { recursive: true })).filter((name) => /\.[jt]s$/.test(name)).sort();
  const hash = createHash('sha256').update(await readFile(PACKAGE));
  for (const name of names) {
    if (name.endsWith('.d.ts')) continue;
    const content = await readFile(path.join(PROGRAM, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
