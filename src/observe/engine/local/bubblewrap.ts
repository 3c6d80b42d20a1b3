import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import type { Interpreter } from '../interpreter.js';
import { FILTER_DESCRIPTOR, stageCommand, stagedPaths } from './stage.js';

/** Everything that a sandboxed process can see of this machine. */
export interface SandboxView {
  readonly tree: string;
  readonly probe: string;
  /** Directory of the side on this machine; what processes write to the sandbox's own is elsewhere where it can be. */
  readonly scratch: string;
  /** Paths that the interpreter needs; see `interpreterPaths`. */
  readonly readable: readonly string[];
}

/** How a sandbox is made: as strictly as the machine lets. See `sandbox-powers.ts`. */
export interface SandboxPlan {
  /** Writable places are in memory, limited in size, and gone with the process; root is given up before. */
  readonly staged: boolean;
  /** Options that this version of bubblewrap has. */
  readonly disablesNamespaces: boolean;
  readonly limitsSizes: boolean;
}

/** One process to be run in a sandbox. */
export interface SandboxRequest {
  readonly view: SandboxView;
  readonly plan: SandboxPlan;
  /** What processes write into the tree stays there: for builds. */
  readonly keepsWrites: boolean;
  /** The user that root becomes; absent when this process is not root. */
  readonly owner: number | undefined;
  /** File with the filter of system calls; absent for processors without one. */
  readonly filter: string | undefined;
  readonly groups: readonly string[];
}

/**
 * Where the sandbox shows the side's own directories: by names that say nothing of this tool, and the tree where the images of
 * the benchmark have it.
 */
export const SANDBOX = { root: '/testbed', probe: '/srv/lib', scratch: '/srv/data' } as const;

const ISOLATION = [
  '--unshare-all',
  '--die-with-parent',
  '--new-session',
  ...['--cap-drop', 'ALL'],
  ...['--hostname', 'localhost'],
];
const NOBODY = '65534';
const SYSTEM = ['/usr', '/lib', '/lib32', '/lib64', '/bin', '/sbin', '/opt', '/nix/store'];
/** The part of /etc that programs need; the rest, such as password hashes, stays hidden. */
const SETTINGS = [
  'alternatives',
  'group',
  'ld.so.cache',
  'ld.so.conf',
  'ld.so.conf.d',
  'localtime',
  'mime.types',
  'nsswitch.conf',
  'passwd',
  'ssl/certs',
  'ssl/openssl.cnf',
].map((name) => `/etc/${name}`);
const UNSTAGED_BYTES = String(512 * 1024 ** 2);
/** Lets bubblewrap find the filter where no stage opens it. */
const OPEN_FILTER = `exec ${FILTER_DESCRIPTOR}<"$1"; shift; exec "$@"`;

/**
 * What a sandbox shows of the machine. Root in the sandbox may write the kernel's settings below /proc even without
 * capabilities, so everything there except the sandbox's own processes is read-only.
 */
async function machine(): Promise<string[]> {
  return [
    ...[...SYSTEM, ...SETTINGS].flatMap((name) => ['--ro-bind-try', name, name]),
    ...['--proc', '/proc'],
    ...(await kernelSettings()).flatMap((name) => ['--ro-bind', name, name]),
    ...['--dev', '/dev'],
  ];
}

/** The folders of /proc that belong to no process, and its files that are not read-only by their mode. */
async function kernelSettings(): Promise<string[]> {
  // Names only: where /proc does not tell types, reading them fails for a process that has ended meanwhile.
  const names = (await readdir('/proc')).filter((name) => !/^\d+$/.test(name));
  const writable = await Promise.all(
    names.map(async (name) => {
      const facts = await lstat(`/proc/${name}`).catch(() => undefined);
      return facts?.isDirectory() === true || (facts?.isFile() === true && (facts.mode & 0o222) !== 0);
    }),
  );
  return names.filter((_, index) => writable[index]).map((name) => `/proc/${name}`);
}

/** The command line that runs `argv` in a sandbox without network, other processes, or files but those of the view. */
export function sandboxCommand(request: SandboxRequest, argv: readonly string[]): Promise<string[]> {
  return request.plan.staged ? stagedCommand(request, argv) : unstagedCommand(request, argv);
}

async function stagedCommand(request: SandboxRequest, argv: readonly string[]): Promise<string[]> {
  const { view, plan, filter, ...rest } = request;
  const stage = {
    ...rest,
    directory: view.scratch,
    tree: view.tree,
    shown: [view.probe, ...view.readable],
    filter: filter ?? '/dev/null',
  };
  const { tree, scratch, tmp, shm, seen } = stagedPaths(stage);
  return stageCommand(stage, [
    'bwrap',
    ...ISOLATION,
    ...['--unshare-user', '--uid', NOBODY, '--gid', NOBODY],
    ...(plan.disablesNamespaces ? ['--disable-userns'] : []),
    ...(filter === undefined ? [] : ['--seccomp', String(FILTER_DESCRIPTOR)]),
    ...(await machine()),
    ...['--bind', shm, '/dev/shm', '--remount-ro', '/dev'],
    ...['--bind', tmp, '/tmp'],
    ...view.readable.flatMap((name, index) => ['--ro-bind', seen[index + 1] ?? name, name]),
    ...['--bind', tree, SANDBOX.root],
    ...['--ro-bind', seen[0] ?? view.probe, SANDBOX.probe],
    ...['--bind', scratch, SANDBOX.scratch],
    ...ending(argv),
  ]);
}

async function unstagedCommand(request: SandboxRequest, argv: readonly string[]): Promise<string[]> {
  const { view, plan, keepsWrites, filter } = request;
  const limited = (place: string) => [
    ...(plan.limitsSizes ? ['--size', UNSTAGED_BYTES] : []),
    ...['--tmpfs', place],
  ];
  return [
    ...(filter === undefined ? [] : ['/bin/sh', '-c', OPEN_FILTER, 'sh', filter]),
    'bwrap',
    ...ISOLATION,
    ...(filter === undefined ? [] : ['--seccomp', String(FILTER_DESCRIPTOR)]),
    ...(await machine()),
    ...limited('/dev/shm'),
    ...['--remount-ro', '/dev'],
    ...limited('/tmp'),
    ...view.readable.flatMap((name) => ['--ro-bind', name, name]),
    ...['--bind', view.tree, SANDBOX.root],
    ...['--ro-bind', view.probe, SANDBOX.probe],
    ...(keepsWrites ? ['--bind', view.scratch, SANDBOX.scratch] : limited(SANDBOX.scratch)),
    ...ending(argv),
  ];
}

const ending = (argv: readonly string[]): string[] => [
  ...['--remount-ro', '/'],
  ...['--chdir', SANDBOX.scratch],
  '--',
  ...argv,
];

/** What an interpreter needs beyond the system's directories: its prefixes and the links that lead to it. */
export async function interpreterPaths({ executable, prefixes }: Interpreter): Promise<string[]> {
  const outside = (name: string, roots: readonly string[]) =>
    !roots.some((root) => name === root || name.startsWith(`${root}/`));
  const directories = prefixes.filter((name) => outside(name, SYSTEM));
  const links: string[] = [];
  for (let hop: string | undefined = executable; hop !== undefined; hop = await linkTarget(hop)) {
    if (outside(hop, [...SYSTEM, ...directories])) links.push(hop);
  }
  return [...directories, ...links];
}

async function linkTarget(file: string): Promise<string | undefined> {
  try {
    return path.resolve(path.dirname(file), await readlink(file));
  } catch {
    return undefined; // not a link
  }
}
