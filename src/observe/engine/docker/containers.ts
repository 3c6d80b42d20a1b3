import { randomUUID } from 'node:crypto';
import type { Duplex, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { InfraError } from '../../../model/errors.js';
import { demultiplex, type Output } from './demultiplex.js';
import { hasStatus, reasonOf } from './docker-connection.js';
import { removeContainer } from './labels.js';
import { dockerProfile } from '../seccomp/docker-profile.js';
import { MARK } from '../../../platform/marked-processes.js';

/** What a container is made of. */
export interface ContainerOptions {
  readonly image: string;
  /** First part of the name. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly memoryMb: number;
  readonly cpus: number;
  readonly processes: number;
  /**
   * Whether the image holds no tree: the container then has an empty one in memory, and nothing but that and `WRITABLE` can be
   * written, by anybody.
   */
  readonly withoutTree: boolean;
}

/** Who prepares containers. */
export const ROOT = 0;
/** The user that code under test runs as; `nobody` in most images. */
export const UNPRIVILEGED = 65534;
/**
 * Where things are in a container: by names that say nothing of this tool, and the tree where the images of the benchmark have
 * it.
 */
export const PLACES = { probe: '/srv/lib', scratch: '/srv/data', tree: '/testbed' } as const;
const MEGABYTE = 1024 * 1024;
const SHARED_MEMORY_BYTES = 256 * MEGABYTE;
/** What may be written to, in memory and of limited size. */
const WRITABLE = {
  '/tmp': 'rw,exec,nosuid,nodev,size=512m,mode=1777',
  '/var/tmp': 'rw,exec,nosuid,nodev,size=256m,mode=1777',
  '/run/lock': 'rw,nosuid,nodev,noexec,size=8m,mode=1777',
  [PLACES.probe]: 'rw,nosuid,nodev,size=64m,mode=755',
  [PLACES.scratch]: 'rw,exec,nosuid,nodev,size=1g,mode=1777',
};
/** The place of a tree that the image does not hold. */
const WRITABLE_TREE = {
  [PLACES.tree]: `rw,exec,nosuid,nodev,size=1g,mode=755,uid=${UNPRIVILEGED},gid=${UNPRIVILEGED}`,
};

/** How a process in a container runs; by default as root, which has no capabilities but `SWEEPING`. */
export interface ExecOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly directory?: string;
  readonly user?: number;
}

/** A process in a container. */
export interface ContainerProcess extends Output {
  readonly exec: Docker.Exec;
  readonly connection: Duplex;
}

/** Runs until its standard input ends; needs nothing but a shell and cat in the image. */
const WAIT = ['/bin/sh', '-c', 'cat >/dev/null'];

/** What root needs to find the processes of another user by their environment, and to kill them; others never get it. */
const SWEEPING = ['KILL', 'SYS_PTRACE', 'DAC_READ_SEARCH'];
/** Kills the processes with a mark and those that lost their parent; the first child of init is WAIT. */
const SWEEP = `
for round in 1 2 3 4 5 6 7 8 9 10; do
  read -r main found </proc/1/task/1/children
  for directory in /proc/[0-9]*; do
    if grep -qsw "$1" "$directory/environ"; then found="$found \${directory#/proc/}"; fi
  done
  [ -n "$found" ] || exit 0
  kill -9 $found 2>/dev/null
  sleep 0.1
done
`;
const UNPACK = `
import sys, tarfile
with tarfile.open(fileobj=sys.stdin.buffer, mode="r|") as archive:
    archive.extractall(sys.argv[1])
`;
const MEMORY_EVENTS = 'cat /sys/fs/cgroup/memory.events /sys/fs/cgroup/memory/memory.oom_control 2>/dev/null';

/**
 * A container that runs nothing by itself and has no network; what runs code under test in it is nobody, without
 * capabilities. It ends when its connection to this
 * process does, and so with this process, even one that was killed.
 */
export class SideContainer {
  #removed: Promise<void> | undefined;
  #outOfMemory = 0;

  private constructor(
    private readonly container: Docker.Container,
    private readonly lifeline: NodeJS.ReadWriteStream,
  ) {}

  /** @throws InfraError `container-failed` */
  static async start(docker: Docker, options: ContainerOptions): Promise<SideContainer> {
    const memory = options.memoryMb * MEGABYTE;
    const created = docker.createContainer({
      name: `${options.name}-${randomUUID()}`,
      Image: options.image,
      Entrypoint: WAIT,
      Cmd: [],
      User: '0',
      Labels: { ...options.labels },
      AttachStdin: true,
      OpenStdin: true,
      StdinOnce: true,
      HostConfig: {
        AutoRemove: true,
        NetworkMode: 'none',
        IpcMode: 'private',
        CapDrop: ['ALL'],
        CapAdd: SWEEPING,
        SecurityOpt: ['no-new-privileges', `seccomp=${dockerProfile()}`],
        ReadonlyRootfs: options.withoutTree,
        Tmpfs: options.withoutTree ? { ...WRITABLE, ...WRITABLE_TREE } : WRITABLE,
        ShmSize: SHARED_MEMORY_BYTES,
        Ulimits: [{ Name: 'core', Soft: 0, Hard: 0 }],
        PidsLimit: options.processes,
        Memory: memory,
        MemorySwap: memory,
        NanoCpus: options.cpus * 1e9,
        Init: true,
        LogConfig: { Type: 'none', Config: {} },
      },
    });
    const container = await created.catch((error: unknown) => {
      throw failed('make a container', error);
    });
    try {
      const lifeline = await container.attach({ stream: true, stdin: true, hijack: true });
      lifeline.on('error', () => undefined); // shows when the container is used
      await container.start();
      return new SideContainer(container, lifeline);
    } catch (error) {
      await removeContainer(container);
      throw failed('start a container', error);
    }
  }

  /** Unpacks a tar stream into a directory. */
  async put(archive: Readable, directory: string): Promise<void> {
    await this.container.putArchive(archive, { path: directory }).catch((error: unknown) => {
      throw failed('copy files into a container', error);
    });
  }

  /** Unpacks a tar stream into a directory where Docker itself cannot write: one in memory. */
  async unpack(archive: Readable, directory: string, python: string, user: number): Promise<void> {
    const process = await this.exec([python, '-I', '-c', UNPACK, directory], { user });
    process.stdout.resume();
    archive.once('error', () => process.connection.destroy());
    archive.pipe(process.connection);
    const said = await text(process.stderr);
    const { ExitCode } = await process.exec.inspect();
    if (ExitCode !== 0) throw failed('copy files into a container', new Error(said.trim() || 'no answer'));
  }

  /** Starts a process of a user in a directory of the container; its end is that of its output. */
  async exec(
    argv: readonly string[],
    { env = {}, directory = '/', user = 0 }: ExecOptions = {},
  ): Promise<ContainerProcess> {
    try {
      const exec = await this.container.exec({
        Cmd: [...argv],
        Env: Object.entries(env).map(([name, value]) => `${name}=${value}`),
        WorkingDir: directory,
        User: `${user}:${user}`,
        AttachStdin: true,
        AttachStdout: true,
        AttachStderr: true,
        Tty: false,
      });
      const connection = await exec.start({ hijack: true, stdin: true });
      connection.on('error', () => undefined); // shows as the end of the output
      return { exec, connection, ...demultiplex(connection) };
    } catch (error) {
      throw failed('start a process in a container', error);
    }
  }

  /** Runs a trusted shell script with arguments; gives what it printed and its exit code. */
  async script(
    source: string,
    args: readonly string[],
  ): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }> {
    const process = await this.exec(['/bin/sh', '-c', source, 'sh', ...args]);
    const [stdout, stderr] = await Promise.all([text(process.stdout), text(process.stderr)]);
    const { ExitCode } = await process.exec.inspect();
    return { exitCode: ExitCode, stdout, stderr };
  }

  /** Kills the processes that carry a mark, and all that lost their parent, whoever they belong to. */
  async sweep(mark: string): Promise<void> {
    await this.script(SWEEP, [`${MARK}=${mark}`]);
  }

  /** Whether a process was killed for lack of memory since the last call. */
  async hadOutOfMemory(): Promise<boolean> {
    const { stdout } = await this.script(MEMORY_EVENTS, []);
    const before = this.#outOfMemory;
    this.#outOfMemory = Number(/^oom_kill (\d+)/m.exec(stdout)?.[1] ?? 0);
    return this.#outOfMemory > before;
  }

  /** False when it was removed, or its main process was killed. */
  async isRunning(): Promise<boolean> {
    if (this.#removed) return false;
    try {
      return (await this.container.inspect()).State.Running;
    } catch (error) {
      if (hasStatus(error, 404)) return false;
      throw failed('look at a container', error);
    }
  }

  /** Removes it with its processes; may be called again. */
  remove(): Promise<void> {
    this.#removed ??= removeContainer(this.container).finally(() => {
      this.lifeline.end();
    });
    return this.#removed;
  }
}

const failed = (what: string, error: unknown): InfraError =>
  new InfraError('container-failed', `Docker cannot ${what}: ${reasonOf(error)}`, { cause: error });
