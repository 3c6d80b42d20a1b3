import { lstat } from 'node:fs/promises';
import path from 'node:path';
import pLimit from 'p-limit';
import { bytesOfText } from '../../platform/byte-text.js';

const MEGABYTE = 1024 * 1024;
/** Of the files that a patch changes: no patch of a benchmark comes near, and beyond it reading them takes all memory. */
const MOST_FILES = 50_000;
const MOST_BYTES = 256 * MEGABYTE;
/** Parsing takes fifty times as much memory as a source is long. */
const MOST_SOURCE_BYTES = 4 * MEGABYTE;
const atATime = pLimit(64);

/** Why what a patch made of some files is too large to be read; null when it is not. */
export async function sizeReason(directory: string, files: readonly string[]): Promise<string | null> {
  if (files.length > MOST_FILES)
    return `too large: it changes ${files.length} files, more than ${MOST_FILES}`;
  const sizes = await Promise.all(files.map((file) => atATime(() => sizeOf(path.join(directory, file)))));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total > MOST_BYTES) return tooLarge('files', total, MOST_BYTES);
  const sources = sizes.filter((_, index) => /\.pyi?$/.test(files[index] ?? ''));
  const source = sources.reduce((sum, size) => sum + size, 0);
  return source > MOST_SOURCE_BYTES ? tooLarge('Python sources', source, MOST_SOURCE_BYTES) : null;
}

const tooLarge = (what: string, bytes: number, most: number): string =>
  `too large: the ${what} it changes have ${Math.ceil(bytes / MEGABYTE)} MB, more than ${most / MEGABYTE} MB`;

async function sizeOf(file: string): Promise<number> {
  const facts = await lstat(bytesOfText(file)).catch(() => undefined);
  return facts?.isFile() === true ? facts.size : 0;
}
