import { randomInt } from 'node:crypto';
import { chmod, cp, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The directory on this machine that holds the package `patchdiff_probe`. */
export const PROBE_DIRECTORY = fileURLToPath(new URL('../../../containers/probe', import.meta.url));

const PACKAGE = 'patchdiff_probe';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The probe's sources on this machine. */
export const PROBE_SOURCES = path.join(PROBE_DIRECTORY, PACKAGE);

/**
 * What the probe's package is called on the sides: another name in every run, as code under test that looks for the probe's
 * could behave for it only.
 */
export const PROBE_NAME = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');

/** A source text of the probe as it is on a side, where nothing goes by the name of this tool. */
export const renamedSource = (text: string): string =>
  text.replaceAll(PACKAGE, PROBE_NAME).replaceAll(/patchdiff(?=[-_])/g, PROBE_NAME);

/**
 * Copies the probe, under its name on the sides, into a new directory.
 * @param parent an existing directory, whose owner removes it
 * @returns the directory that holds the package
 */
export async function copyProbe(parent: string): Promise<string> {
  const directory = await mkdtemp(path.join(parent, 'lib-'));
  await chmod(directory, 0o755); // code under test is another user's
  const target = path.join(directory, PROBE_NAME);
  const isSource = (name: string) => path.basename(name) !== '__pycache__';
  await cp(PROBE_SOURCES, target, { recursive: true, filter: isSource });
  const names = (await readdir(target, { recursive: true })).filter((name) => name.endsWith('.py'));
  for (const name of names) {
    const file = path.join(target, name);
    await writeFile(file, renamedSource(await readFile(file, 'utf8')));
  }
  return directory;
}
