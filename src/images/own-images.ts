import type Docker from 'dockerode';
import { hasStatus } from '../observe/engine/docker/docker-connection.js';
import { IMAGE_LABELS } from '../observe/engine/docker/labels.js';

/** An image that patchdiff built. */
export interface OwnImage {
  readonly name: string;
  /** `sha256:...`. */
  readonly id: string;
  /** Recipe's repository and versions. */
  readonly environment: string;
  readonly bytes: number;
  /** Containers made from it, running or not. */
  readonly containers: number;
}

/** What Docker calls what a build that failed left, or what another build has taken the name of. */
const UNTAGGED = '<none>:<none>';

/** The images that carry patchdiff's label, largest first. */
export async function ownImages(docker: Docker): Promise<OwnImage[]> {
  const images = await docker.listImages({ filters: { label: [`${IMAGE_LABELS.kind}=environment`] } });
  const containers = await docker.listContainers({ all: true });
  return images
    .map(({ Id, RepoTags, Labels, Size }) => ({
      name: (RepoTags as string[] | null)?.find((tag) => tag !== UNTAGGED) ?? Id,
      id: Id,
      environment: Labels[IMAGE_LABELS.environment] ?? '',
      bytes: Size,
      containers: containers.filter(({ ImageID }) => ImageID === Id).length,
    }))
    .sort((left, right) => right.bytes - left.bytes);
}

/** Removes images of patchdiff's that no container uses; tells which went and which stayed. */
export async function cleanImages(
  docker: Docker,
  images: readonly OwnImage[],
): Promise<{ readonly removed: readonly OwnImage[]; readonly inUse: readonly OwnImage[] }> {
  const removed: OwnImage[] = [];
  const inUse: OwnImage[] = [];
  for (const image of images) {
    if (image.containers === 0 && (await removeImage(docker, image.name))) removed.push(image);
    else inUse.push(image);
  }
  return { removed, inUse };
}

/** Removes an image by its name; false when something uses it. One that is gone already is no matter. */
export async function removeImage(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).remove();
    return true;
  } catch (error) {
    if (hasStatus(error, 409)) return false;
    if (hasStatus(error, 404)) return true;
    throw error;
  }
}
