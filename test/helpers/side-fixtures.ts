import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import type { ProcessEnd, ProcessLimits, Side } from '../../src/observe/engine/engine.js';
import type { SideTree } from '../../src/model/side.js';

/** Limits that no well-behaved test process meets. */
export const LIMITS: ProcessLimits = { memoryMb: 2048, outputBytes: 10_000, processes: 100, seconds: 60 };

/** Writes files, given by their path relative to a directory. */
export async function writeFiles(directory: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(directory, name)), { recursive: true });
    await writeFile(path.join(directory, name), content);
  }
}

/** A tree with these files, all of them changed. */
export async function aTree(
  parent: string,
  side: SideTree['side'],
  files: Readonly<Record<string, string>>,
): Promise<SideTree> {
  const directory = path.join(parent, side);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory);
  await writeFiles(directory, files);
  return { side, directory, effectHash: side, changedFiles: Object.keys(files) };
}

/** Runs a Python program on a side to its end. */
export async function runPython(
  side: Side,
  program: string,
  limits: Partial<ProcessLimits> = {},
): Promise<{ stdout: string; stderr: string; end: ProcessEnd }> {
  const process = await side.start([side.python, '-c', program], {
    env: {},
    limits: { ...LIMITS, ...limits },
  });
  process.stdin.end();
  const stdout = await text(process.stdout);
  const end = await process.ended;
  return { stdout: stdout.trim(), stderr: process.stderrTail().trim(), end };
}
