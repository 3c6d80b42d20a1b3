import { readdir, readFile } from 'node:fs/promises';

/** The command lines of all processes that run on this machine. */
export async function commandLines(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = (pid: string) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return (await Promise.all(pids.map(read))).map((line) => line.replaceAll('\0', ' '));
}

/** The command lines of the processes that name a directory, in their arguments or their environment. */
export async function processesIn(directory: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const read = async (pid: string) => {
    const file = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
    return [await file('cmdline'), await file('environ')];
  };
  const all = await Promise.all(pids.map(read));
  return all.filter((texts) => texts.some((text) => text.includes(directory))).map(([line]) => line!);
}
