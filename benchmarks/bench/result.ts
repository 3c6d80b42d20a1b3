import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import type { BenchArguments } from './arguments.js';
import { ROOT } from './root.js';

/** The machine that figures were measured on. */
export interface MachineFacts {
  /** ISO 8601. */
  readonly date: string;
  readonly cpus: number;
  readonly cpuModel: string;
  /** Load average of the last minute when the benchmark ended, its own processes included. */
  readonly load: number;
  readonly node: string;
  readonly python: string;
  readonly patchdiff: string;
}

/** Facts of this machine; `python` is the interpreter that was measured with. */
async function machineFacts(python: string): Promise<MachineFacts> {
  const { stdout } = await execa(python, ['-c', 'import platform; print(platform.python_version())']);
  const manifest = JSON.parse(await readFile(path.join(ROOT, 'package.json'), 'utf8')) as { version: string };
  return {
    date: new Date().toISOString(),
    cpus: os.availableParallelism(),
    cpuModel: os.cpus()[0]?.model ?? 'unknown',
    load: os.loadavg()[0] ?? 0,
    node: process.versions.node,
    python: stdout.trim(),
    patchdiff: manifest.version,
  };
}

/** Prints the tables of a benchmark, and writes their data to `NAME.json` in the folder `--out`. */
export async function publish(
  name: string,
  given: Pick<BenchArguments, 'python' | 'out'>,
  tables: readonly string[],
  result: object,
): Promise<void> {
  const machine = await machineFacts(given.python);
  const file = path.join(given.out, `${name}.json`);
  await mkdir(given.out, { recursive: true });
  await writeFile(file, `${JSON.stringify({ benchmark: name, machine, ...result }, null, 2)}\n`);
  const { date, cpus, load, node, python, patchdiff } = machine;
  const facts = `patchdiff ${patchdiff}, node ${node}, Python ${python}, ${cpus} cores, load ${load.toFixed(1)}, ${date}`;
  process.stdout.write(`\n${[`${name}: ${facts}`, ...tables, `written to ${file}`].join('\n\n')}\n`);
}
