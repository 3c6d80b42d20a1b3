import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { PROBE_SOURCES } from '../engine/probe-directory.js';

/** SHA-256 over the names and contents of the probe's sources, in hexadecimal. */
export async function probeVersion(): Promise<string> {
  const directory = PROBE_SOURCES;
  const names = (await readdir(directory, { recursive: true })).filter((name) => name.endsWith('.py')).sort();
  const hash = createHash('sha256');
  for (const name of names) {
    const content = await readFile(path.join(directory, name));
    hash.update(`${name}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
