import { mkdir, readdir, readFile, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { isAbandoned, ownerMark } from '../../../platform/ownership.js';
import type { ProcessLimits } from '../engine.js';

const ROOT = '/sys/fs/cgroup';
const PREFIX = 'patchdiff-';
/** Memory of all processes of a sandbox together, files in memory included: a process may map its own limit, and share it. */
const LEAST_MEMORY_MB = 6144;
/** What bubblewrap and the shell before it need. */
const OWN_PROCESSES = 8;
const REMOVAL_ROUNDS = 50;
let groupsOfThisProcess = 0;

type GroupLimits = Pick<ProcessLimits, 'memoryMb' | 'processes'>;

/** What a hierarchy of control groups limits: files of a group, and what is written into them. */
interface Hierarchy {
  /** Where groups are made. */
  readonly directory: string;
  readonly settings: (limits: GroupLimits) => Readonly<Record<string, string>>;
}

const memoryBytes = ({ memoryMb }: GroupLimits): string =>
  String(Math.max(LEAST_MEMORY_MB, 2 * memoryMb) * 1024 * 1024);
const processCount = ({ processes }: GroupLimits): string => String(processes + OWN_PROCESSES);

/** A control group for one process and what it starts. */
export class ControlGroup {
  private constructor(readonly directories: readonly string[]) {}

  /** @throws when the system refuses to make it */
  static async make(hierarchies: readonly Hierarchy[], limits: GroupLimits): Promise<ControlGroup> {
    const name = `${PREFIX}${ownerMark()}-${groupsOfThisProcess++}`;
    const group = new ControlGroup(hierarchies.map(({ directory }) => path.join(directory, name)));
    try {
      for (const { directory, settings } of hierarchies) {
        const made = path.join(directory, name);
        await mkdir(made);
        for (const [file, value] of Object.entries(settings(limits)))
          await writeFile(path.join(made, file), value);
      }
      return group;
    } catch (error) {
      await group.remove();
      throw error;
    }
  }

  /** Whether the kernel has killed one of its processes for lack of memory. */
  async hadOutOfMemory(): Promise<boolean> {
    const files = this.directories.flatMap((directory) =>
      ['memory.events', 'memory.oom_control'].map((name) => path.join(directory, name)),
    );
    const texts = await Promise.all(files.map((file) => readFile(file, 'utf8').catch(() => '')));
    return texts.some((text) => /^oom_kill [1-9]/m.test(text));
  }

  /** Removes it once its processes are gone, which the kernel may need a moment for. */
  async remove(): Promise<void> {
    for (const directory of this.directories) {
      for (let round = 0; round < REMOVAL_ROUNDS; round++) {
        const problem = await rmdir(directory).then(
          () => undefined,
          (error: unknown) => (error as NodeJS.ErrnoException).code,
        );
        if (problem !== 'EBUSY') break;
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    }
  }
}

/**
 * The hierarchies in which this process can make groups that limit memory and processes; empty where it cannot. Removes
 * groups that a killed run left behind.
 */
export async function controlHierarchies(): Promise<readonly Hierarchy[]> {
  const own = await readFile('/proc/self/cgroup', 'utf8').catch(() => '');
  const second = await secondVersion(own);
  const found = second ? [second] : firstVersion(own);
  try {
    if (found.length === 0) return [];
    for (const { directory } of found) await removeAbandoned(directory);
    const trial = await ControlGroup.make(found, { memoryMb: LEAST_MEMORY_MB, processes: 100 });
    await trial.remove();
    return found;
  } catch {
    return []; // not root, or the hierarchy is read-only, as in most containers
  }
}

/** Version 1 has a hierarchy for each resource; groups are made below the own one. */
function firstVersion(own: string): Hierarchy[] {
  const placeOf = (controller: string) =>
    new RegExp(`^\\d+:(?:[^:]*,)?${controller}(?:,[^:]*)?:(.*)$`, 'm').exec(own)?.[1];
  const [memory, pids] = [placeOf('memory'), placeOf('pids')];
  if (memory === undefined || pids === undefined) return [];
  return [
    {
      directory: path.join(ROOT, 'memory', memory),
      settings: (limits) => ({ 'memory.limit_in_bytes': memoryBytes(limits) }),
    },
    {
      directory: path.join(ROOT, 'pids', pids),
      settings: (limits) => ({ 'pids.max': processCount(limits) }),
    },
  ];
}

/** In version 2 a group that has processes has no limited children: groups are made beside the own one. */
async function secondVersion(own: string): Promise<Hierarchy | undefined> {
  const place = /^0::(.*)$/m.exec(own)?.[1];
  const controllers = await readFile(path.join(ROOT, 'cgroup.controllers'), 'utf8').catch(() => '');
  if (place === undefined || !/\bmemory\b/.test(controllers) || !/\bpids\b/.test(controllers))
    return undefined;
  return {
    directory: path.join(ROOT, path.dirname(place)),
    settings: (limits) => ({ 'memory.max': memoryBytes(limits), 'pids.max': processCount(limits) }),
  };
}

async function removeAbandoned(directory: string): Promise<void> {
  const names = await readdir(directory);
  const left = names.filter((name) => name.startsWith(PREFIX) && isAbandoned(name));
  await Promise.all(left.map((name) => rmdir(path.join(directory, name)).catch(() => undefined)));
}
