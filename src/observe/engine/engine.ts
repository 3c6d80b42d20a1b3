import type { Readable, Writable } from 'node:stream';
import type { EnvironmentSpec } from '../../model/instance.js';
import type { Service, SideEnvironment } from '../../model/recipe.js';
import type { SideTree } from '../../model/side.js';

/** What one process on a side may use. */
export interface ProcessLimits {
  /** Seconds of wall time, after which the process is killed. Absent: the caller kills it. */
  readonly seconds?: number;
  /** Address space of each of its processes. */
  readonly memoryMb: number;
  /** How much of the tail of standard error is kept. */
  readonly outputBytes: number;
  /** Processes and threads at a time, as far as the engine can limit them. */
  readonly processes: number;
}

/** How a process ended. `exitCode` is null when a signal ended it. */
export interface ProcessEnd {
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly timedOut: boolean;
  /** The system killed it for lack of memory, as far as the engine can tell. */
  readonly outOfMemory: boolean;
}

/** A process that runs on a side. Its standard output is the caller's to read and to bound. */
export interface SideProcess {
  readonly stdin: Writable;
  readonly stdout: Readable;
  /** The tail of standard error so far. */
  stderrTail(): string;
  /**
   * Resolves when the process and what it started are gone.
   * Rejects with an InfraError when its side was disposed of before.
   */
  readonly ended: Promise<ProcessEnd>;
  /** Kills the process and what it started; resolves when they are gone. */
  kill(): Promise<void>;
}

/** How a process on a side runs. */
export interface StartOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly limits: ProcessLimits;
  /** As the user that the files of the tree belong to, so that it may write over them: for builds. */
  readonly asOwner?: boolean;
}

/** One side of an instance, isolated from every other side. Paths are as its processes see them. */
export interface Side {
  /** The tree. */
  readonly root: string;
  /** The directory that holds the probe's package, which is called `PROBE_NAME` there. */
  readonly probe: string;
  /** A directory for temporary files. */
  readonly scratch: string;
  readonly python: string;
  /** What the probe starts beside itself. */
  readonly services: readonly Service[];
  /**
   * Starts a process in the scratch directory with a clean environment plus `env`.
   * @throws InfraError when the side is closed or cannot start processes.
   */
  start(argv: readonly string[], options: StartOptions): Promise<SideProcess>;
  /** Ends every process of the side and removes what the engine made for it; may be called again. */
  dispose(): Promise<void>;
}

/** What a side is opened for. */
export interface SideOptions {
  /** What its processes write into the tree stays there and is read afterwards: for builds. */
  readonly keepsWrites?: boolean;
}

/** The resources that the sides running at a time share. */
export interface Capacity {
  readonly processors: number;
  readonly memoryBytes: number;
}

/** A way to run the sides of instances. */
export interface Engine {
  readonly name: 'docker' | 'local';
  /** One sentence: what was chosen and why. */
  readonly description: string;
  /**
   * What an environment is, for the report: the image's digest and the interpreter's version.
   * @throws InfraError when the image cannot be had, UserError when there is no usable Python.
   */
  identify(env: EnvironmentSpec): Promise<{ readonly image: string | null; readonly python: string }>;
  /**
   * Text that changes whenever what an environment offers to the code under test changes.
   * @throws as `identify`
   */
  fingerprint(env: EnvironmentSpec): Promise<string>;
  /**
   * Makes a side ready to run processes.
   * @throws InfraError when the image cannot be had, UserError when there is no usable Python.
   */
  openSide(tree: SideTree, env: SideEnvironment, options?: SideOptions): Promise<Side>;
  /**
   * Makes sure that an environment is still the one that sides were opened with, where it could be taken away meanwhile.
   * @throws InfraError `python-gone`
   */
  requireUnchanged?(env: EnvironmentSpec): Promise<void>;
  /** Processors and memory of the machine that runs the sides. */
  readonly capacity: Capacity;
  /** Factor by which time limits are longer there: above 1 where images run emulated. */
  readonly slowdown: number;
  /** Removes an image that this engine pulled or that was built for it, unless a container uses it. */
  dropImage?(name: string): Promise<void>;
  /** Disposes of every side; may be called again and while sides are in use. */
  dispose(): Promise<void>;
}
