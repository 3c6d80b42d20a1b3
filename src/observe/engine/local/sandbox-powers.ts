import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { removeDirectory } from '../../../platform/remove-directory.js';
import { PROBE_DIRECTORY } from '../probe-directory.js';
import { filterProgram, isFiltered } from '../seccomp/filter-program.js';
import { sandboxCommand, type SandboxPlan } from './bubblewrap.js';
import { controlHierarchies } from './control-group.js';
import { SandboxUsers } from './sandbox-user.js';

const PATIENCE_MS = 10_000;

/** How sandboxes are made on this machine, and what it cannot give them. */
export interface SandboxPowers {
  readonly plan: SandboxPlan;
  /** The filter of system calls; absent for processors that there is none for. */
  readonly filter: Buffer | undefined;
  readonly hierarchies: Awaited<ReturnType<typeof controlHierarchies>>;
  /** Sentences about protections that a sandbox is without, each with the reason. */
  readonly missing: readonly string[];
}

/** What is known of a `PATH`, on which it depends which bubblewrap is found. */
const known = new Map<string, Promise<SandboxPowers | string>>();

/** Makes a sandbox to see how strict it can be, once for this process: the powers, or why there can be no sandbox. */
export function sandboxPowers(): Promise<SandboxPowers | string> {
  const search = process.env['PATH'] ?? '';
  const powers = known.get(search) ?? findPowers();
  known.set(search, powers);
  return powers;
}

/** Why there can be no sandbox here; undefined when there can be. */
export async function sandboxProblem(): Promise<string | undefined> {
  const powers = await sandboxPowers();
  return typeof powers === 'string' ? powers : undefined;
}

/** Is this process root, so that it can give a sandbox a user of its own? */
export const isRoot = (): boolean => process.getuid?.() === 0;

async function findPowers(): Promise<SandboxPowers | string> {
  const help = await execa('bwrap', ['--help'], { reject: false, stdin: 'ignore' });
  if (help.code === 'ENOENT') return 'bubblewrap is not installed';
  const disablesNamespaces = help.stdout.includes('--disable-userns');
  const options = { disablesNamespaces, limitsSizes: help.stdout.includes('--size') };
  const filter = isFiltered(process.arch) ? filterProgram(process.arch) : undefined;
  const staged = await problemWith({ ...options, staged: true }, filter);
  const plain = staged === undefined ? undefined : await problemWith({ ...options, staged: false }, filter);
  if (plain !== undefined) return `bubblewrap cannot make a sandbox here (${plain})`;
  const hierarchies = await controlHierarchies();
  return {
    plan: { ...options, staged: staged === undefined },
    filter,
    hierarchies,
    missing: [
      ...(staged === undefined ? [] : unstagedWords(staged)),
      ...(disablesNamespaces || filter ? [] : ['this bubblewrap cannot forbid user namespaces inside']),
      ...(filter ? [] : [`system calls are not filtered on ${process.arch}`]),
      ...(hierarchies.length > 0
        ? []
        : ['control groups cannot be made, so that memory is limited for each process only']),
    ],
  };
}

const unstagedWords = (problem: string): string[] => [
  `${isRoot() ? 'patches run as root without capabilities' : 'patches run as your user'}, and what they write into their tree is not limited (${problem})`,
];

/** Runs a program that does nothing; undefined when that works. */
async function problemWith(plan: SandboxPlan, filter: Buffer | undefined): Promise<string | undefined> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'patchdiff-sandbox-'));
  try {
    const [tree, scratch, file] = ['tree', 'scratch', 'filter'].map((name) => path.join(directory, name)) as [
      string,
      string,
      string,
    ];
    await Promise.all([mkdir(tree), mkdir(scratch), writeFile(file, filter ?? '')]);
    const view = { tree, probe: PROBE_DIRECTORY, scratch, readable: [] };
    const owner = plan.staged && isRoot() ? await new SandboxUsers().owning(tree) : undefined;
    const request = { view, plan, keepsWrites: false, owner, filter: filter && file, groups: [] };
    const [command = '', ...args] = await sandboxCommand(request, ['true']);
    const result = await execa(command, args, { reject: false, stdin: 'ignore', timeout: PATIENCE_MS });
    return result.failed ? result.stderr.trim() || result.shortMessage : undefined;
  } catch (error) {
    return String(error); // no user can be given a file here
  } finally {
    await removeDirectory(directory);
  }
}
