import { lstat, readdir, readlink } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { Interpreter } from '../interpreter.js';

/** Everything that a sandboxed process can see of this machine. */
export interface SandboxView {
  readonly tree: string;
  readonly probe: string;
  readonly scratch: string;
  /** Paths that the interpreter needs; see `interpreterPaths`. */
  readonly readable: readonly string[];
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
    ...['--tmpfs', '/tmp'],
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

/** The command line that runs `argv` in a sandbox without network, other processes, or files but those of `view`. */
export async function bubblewrapCommand(view: SandboxView, argv: readonly string[]): Promise<string[]> {
  return [
    'bwrap',
    ...ISOLATION,
    ...(await machine()),
    ...view.readable.flatMap((name) => ['--ro-bind', name, name]),
    ...['--bind', view.tree, SANDBOX.root],
    ...['--ro-bind', view.probe, SANDBOX.probe],
    ...['--bind', view.scratch, SANDBOX.scratch],
    ...['--remount-ro', '/'],
    ...['--chdir', SANDBOX.scratch],
    '--',
    ...argv,
  ];
}

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

/** Makes a sandbox to see whether that works: undefined when it does, else the reason why not. */
export async function sandboxProblem(): Promise<string | undefined> {
  const result = await execa('bwrap', [...ISOLATION, ...(await machine()), '--', 'true'], {
    reject: false,
    stdin: 'ignore',
    timeout: 10_000,
  });
  if (!result.failed) return undefined;
  if (result.code === 'ENOENT') return 'bubblewrap is not installed';
  return `bubblewrap cannot make a sandbox here (${result.stderr.trim() || result.shortMessage})`;
}
