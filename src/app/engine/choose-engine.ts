import type Docker from 'dockerode';
import { UserError } from '../../model/errors.js';
import { sandboxPowers, sandboxProblem } from '../../observe/engine/local/sandbox-powers.js';
import { connectDocker, dockerProblem } from '../../observe/engine/docker/docker-connection.js';
import { DockerEngine } from '../../observe/engine/docker/docker-engine.js';
import type { Engine } from '../../observe/engine/engine.js';
import { canBeHad } from '../../observe/engine/docker/images.js';
import { LocalEngine } from '../../observe/engine/local/local-engine.js';

/** What the user says about the engine. */
export interface EngineRequest {
  readonly engine: 'auto' | 'docker' | 'local';
  /** The image for all instances. */
  readonly image?: string | undefined;
  /** Command of the interpreter. */
  readonly python?: string | undefined;
  /** The user runs patches without a sandbox knowingly. */
  readonly noSandbox: boolean;
  /** The patches come with patchdiff: a sandbox is used where it works, and not needed. */
  readonly trusted: boolean;
  /** The images of the instances to run, in order; may be images that do not exist. */
  readonly instanceImages: readonly string[];
  /** Images that do not exist can be built. */
  readonly canBuild?: boolean;
  readonly runId: string;
  /** Stops waiting for Docker and for registries. */
  readonly signal: AbortSignal;
  /** Existing directory for scratch files. */
  readonly workDirectory: string;
}

/**
 * Opens the engine asked for. `auto` is Docker when a daemon answers and the first image is available, else local;
 * it never runs patches unsandboxed on its own.
 * @throws UserError `docker-unavailable`, `image-missing`, `sandbox-missing`
 */
export async function chooseEngine(request: EngineRequest): Promise<Engine> {
  if (request.engine === 'local') return localEngine(request, 'as asked');
  const docker = connectDocker();
  const problem = await dockerProblem(docker);
  if (request.engine === 'docker') {
    if (problem === undefined) {
      if (!request.canBuild) await requireAnImage(docker, request);
      return dockerEngine(docker, request, 'as asked');
    }
    throw dockerUnavailable(problem);
  }
  if (problem !== undefined) return localEngine(request, `because Docker does not answer (${problem})`);
  const image = request.image ?? request.instanceImages[0];
  if (image === undefined) return localEngine(request, 'because no image is given');
  if (!(await canBeHad(docker, image, request.signal)))
    return localEngine(request, `because the image ${image} is neither here nor in a registry`);
  return dockerEngine(docker, request, `because Docker answers and the image ${image} is available`);
}

/**
 * Refuses to start where no instance could be run, whatever its image.
 * @throws UserError `docker-unavailable`, `sandbox-missing`
 */
export async function requireEngine({
  engine,
  noSandbox,
}: Pick<EngineRequest, 'engine' | 'noSandbox'>): Promise<void> {
  const docker = engine === 'local' ? 'not asked for' : await dockerProblem(connectDocker());
  if (docker === undefined) return;
  if (engine === 'docker') throw dockerUnavailable(docker);
  const sandbox = noSandbox ? undefined : await sandboxProblem();
  if (sandbox !== undefined) throw sandboxMissing(sandbox);
}

/** One instance may be without an image; where the first ones all are, no image is available here. */
const MOST_LOOKED_UP = 3;

/** Refuses early what could only fail for every instance. */
async function requireAnImage(
  docker: Docker,
  { image, instanceImages, signal }: EngineRequest,
): Promise<void> {
  const images = image === undefined ? [...new Set(instanceImages)].slice(0, MOST_LOOKED_UP) : [image];
  for (const name of images) if (await canBeHad(docker, name, signal)) return;
  throw new UserError(
    'image-missing',
    images[0] === undefined
      ? 'no Docker image is given'
      : `neither this machine nor a registry has the image ${images.join(' or ')}`,
    'Build one: docker build -f containers/python.Dockerfile --build-arg PIP_PACKAGES="..." -t NAME containers; then pass --image NAME. Or let --environments build do it.',
  );
}

function dockerEngine(docker: Docker, request: EngineRequest, why: string): Promise<Engine> {
  const { python, runId, image, instanceImages } = request;
  const images = image === undefined ? instanceImages : [image];
  return DockerEngine.open(docker, { python, runId, images, description: `docker, ${why}` });
}

async function localEngine(
  { python, noSandbox, trusted, workDirectory }: EngineRequest,
  why: string,
): Promise<Engine> {
  const open = (sandbox: 'bubblewrap' | 'none', how: string) =>
    new LocalEngine({ python, sandbox, workDirectory, description: `local, ${why}; ${how}` });
  if (noSandbox) return open('none', 'without a sandbox, as asked');
  const powers = await sandboxPowers();
  if (typeof powers !== 'string')
    return open('bubblewrap', ['sandboxed by bubblewrap', ...powers.missing].join('; '));
  if (trusted) return open('none', `without a sandbox, as the patches come with patchdiff and ${powers}`);
  throw sandboxMissing(powers);
}

const dockerUnavailable = (problem: string): UserError =>
  new UserError(
    'docker-unavailable',
    `Docker does not answer: ${problem}`,
    'Start Docker (or set DOCKER_HOST), or use --engine local.',
  );

const sandboxMissing = (problem: string): UserError =>
  new UserError(
    'sandbox-missing',
    `patches cannot be run safely here: ${problem}`,
    'Install bubblewrap, or use --engine docker, or pass --no-sandbox for patches you trust.',
  );
