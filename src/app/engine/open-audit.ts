import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { loadParser } from '../../python/python-parser.js';
import type { AuditListener } from '../../model/events.js';
import { allowTime, type AuditOptions } from '../../model/options.js';
import type { AuditContext } from '../../pipeline/context/audit-context.js';
import type { Engine } from '../../observe/engine/engine.js';
import { chooseEngine } from './choose-engine.js';
import { ImageKeeper, type KeepImages } from '../../observe/engine/docker/image-keeper.js';
import { removeLeftDirectories } from '../../platform/leftovers.js';
import { InfraError, UserError } from '../../model/errors.js';
import { buildChanged } from '../../environments/compiled/build-on-side.js';
import type { Instance } from '../../model/instance.js';
import { resolveCommit } from '../../trees/repository.js';
import { diskError } from '../../platform/disk-error.js';
import { contentKey } from '../../platform/content-key.js';
import { ownerMark } from '../../platform/ownership.js';
import { ResultFolder } from '../../runs/result-folder.js';
import { probeVersion } from '../../observe/probe/version.js';
import { programVersion } from '../../platform/version.js';
import { cacheDirectory } from '../cache/cache.js';
import { Environments, type EnvironmentRequest } from './environments.js';

/** Where and how to run. */
export interface AuditSetup extends EnvironmentRequest {
  readonly runId: string;
  readonly engine: 'auto' | 'docker' | 'local';
  readonly sandbox: boolean;
  /** The patches come with patchdiff: a sandbox is used where it works, and not needed. */
  readonly trusted: boolean;
  readonly instances: readonly Instance[];
  /** Default: all. */
  readonly keepImages?: KeepImages | undefined;
  readonly options: AuditOptions;
  /** Results of other runs may be reused. */
  readonly reuse: boolean;
  readonly listen: AuditListener;
}

/** A context and the way to end it: containers, processes and scratch files are gone afterwards. */
export interface OpenAudit {
  readonly context: AuditContext;
  readonly close: () => Promise<void>;
}

/**
 * Name of scratch directories, before that of their owner: the next run removes those of owners that were killed. The kernel
 * shows code under test where its files come from, so that the name of this tool is not in it.
 */
const SCRATCH = 'run-';

/** Chooses the engine and makes the scratch directory. An abort closes the engine at once. */
export async function openAudit(request: AuditSetup): Promise<OpenAudit> {
  loadParser(); // fails early: without the parser no pair can be judged
  const environments = await Environments.open(request);
  await removeLeftDirectories(os.tmpdir(), SCRATCH);
  const workDirectory = await mkdtemp(path.join(os.tmpdir(), `${SCRATCH}${ownerMark()}-`)).catch(
    (error: unknown) => {
      throw diskError(error, os.tmpdir());
    },
  );
  const removeScratch = () => rm(workDirectory, { recursive: true, force: true });
  let opened: Engine | undefined;
  const abort = () => void opened?.dispose();
  const close = async () => {
    request.signal.removeEventListener('abort', abort);
    await opened?.dispose();
    await removeScratch();
  };
  try {
    const engine = await chooseEngine({
      engine: request.engine,
      image: request.image,
      python: request.python,
      noSandbox: !request.sandbox,
      trusted: request.trusted,
      instanceImages: request.instances.map((instance) => environments.imageOf(instance)),
      canBuild: environments.areBuilt,
      runId: request.runId,
      signal: request.signal,
      workDirectory,
    });
    opened = engine;
    request.signal.throwIfAborted();
    request.signal.addEventListener('abort', abort, { once: true });
    const probe = await probeVersion();
    const built = await environments.builderFor(engine, workDirectory);
    const compiled = environments.compiledPartsFor(engine, workDirectory);
    const keeper = new ImageKeeper<Instance>(
      request.keepImages ?? 'all',
      (instance) => environments.imageOf(instance),
      async (image) => engine.dropImage?.(image),
    );
    const context: AuditContext = {
      engine,
      async environmentOf(instance) {
        const made = await built?.environmentOf(instance, environments.given(instance));
        return { ...environments.named(instance), ...made };
      },
      async completeTree(tree, environment) {
        await compiled?.complete(tree, environment);
      },
      async completeSide(side, tree, environment) {
        if (compiled === undefined) await buildChanged(side, tree, environment);
      },
      async contentOf(instance) {
        try {
          const commit = await resolveCommit(await request.repositoryOf(instance), instance.baseCommit);
          const made = await built?.identify(instance, environments.given(instance));
          const environment = made ?? (await engine.fingerprint(environments.named(instance)));
          return contentKey({ commit, engine: engine.name, environment });
        } catch (error) {
          if (!(error instanceof InfraError || error instanceof UserError)) throw error;
          return null;
        }
      },
      expect: (instance) => {
        keeper.expect(instance);
      },
      release: (instance, judged) => keeper.release(instance, judged),
      probe,
      program: await programVersion(),
      results: request.reuse ? new ResultFolder(cacheDirectory('results')) : null,
      workDirectory,
      options: allowTime(request.options, engine.slowdown),
      listen: request.listen,
      signal: request.signal,
      repositoryOf: request.repositoryOf,
      async identify(instance) {
        try {
          const made = await built?.identify(instance, environments.given(instance));
          return { ...(made ?? (await engine.identify(environments.named(instance)))), probe };
        } catch (error) {
          if (!(error instanceof InfraError)) throw error;
          return { image: null, python: 'unknown', probe };
        }
      },
    };
    return { context, close };
  } catch (error) {
    await close();
    throw error;
  }
}
