import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadParser } from '../analysis/python-parser.js';
import type { AuditListener } from '../audit/events.js';
import type { AuditOptions } from '../audit/options.js';
import type { World } from '../audit/world.js';
import { chooseEngine } from '../engine/choose-engine.js';
import { publicImageName } from '../engine/images.js';
import { InfraError } from '../model/errors.js';
import type { EnvironmentSpec, Instance } from '../model/instance.js';
import { diskError } from '../store/disk-error.js';
import { probeVersion } from '../probe/version.js';

/** What the command line says about where and how to run. */
export interface WorldRequest {
  readonly runId: string;
  readonly engine: 'auto' | 'docker' | 'local';
  readonly image?: string | undefined;
  readonly python?: string | undefined;
  readonly sandbox: boolean;
  /** The patches are part of this repository. */
  readonly trusted: boolean;
  readonly instances: readonly Instance[];
  readonly repositoryOf: World['repositoryOf'];
  readonly options: AuditOptions;
  readonly listen: AuditListener;
  readonly signal: AbortSignal;
}

/** A world and the way to end it: containers, processes and scratch files are gone afterwards. */
export interface OpenWorld {
  readonly world: World;
  readonly close: () => Promise<void>;
}

/** Chooses the engine and makes the scratch directory. An abort closes the engine at once. */
export async function openWorld(request: WorldRequest): Promise<OpenWorld> {
  loadParser(); // an installation without it can judge nothing
  const workDirectory = await mkdtemp(path.join(os.tmpdir(), 'patchdiff-')).catch((error: unknown) => {
    throw diskError(error, os.tmpdir());
  });
  const removeScratch = () => rm(workDirectory, { recursive: true, force: true });
  const environmentOf = ({ environment, instanceId }: Instance): EnvironmentSpec => ({
    image: request.image ?? environment.image ?? publicImageName(instanceId),
    ...(environment.workdir === undefined ? {} : { workdir: environment.workdir }),
    ...definedPython(request.python ?? environment.python),
  });
  try {
    const engine = await chooseEngine({
      engine: request.engine,
      image: request.image,
      python: request.python,
      noSandbox: !request.sandbox,
      trusted: request.trusted,
      instanceImages: request.instances.flatMap((instance) => environmentOf(instance).image ?? []),
      runId: request.runId,
      signal: request.signal,
      workDirectory,
    });
    request.signal.throwIfAborted();
    const abort = () => void engine.dispose();
    request.signal.addEventListener('abort', abort, { once: true });
    const probe = await probeVersion();
    const world: World = {
      engine,
      environmentOf,
      probe,
      workDirectory,
      options: request.options,
      listen: request.listen,
      signal: request.signal,
      repositoryOf: request.repositoryOf,
      async identify(instance) {
        try {
          return { ...(await engine.identify(environmentOf(instance))), probe };
        } catch (error) {
          if (!(error instanceof InfraError)) throw error;
          return { image: null, python: 'unknown', probe };
        }
      },
    };
    return {
      world,
      close: async () => {
        request.signal.removeEventListener('abort', abort);
        await engine.dispose();
        await removeScratch();
      },
    };
  } catch (error) {
    await removeScratch();
    throw error;
  }
}

const definedPython = (python: string | undefined): Pick<EnvironmentSpec, 'python'> =>
  python === undefined ? {} : { python };
