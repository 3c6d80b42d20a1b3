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

/** The name of an image left by a failed build, or whose name was given to a later build. */
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

/** Removes images that patchdiff built and no container uses; returns which were removed and which are in use. */
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

/** Removes an image by its name; false when something uses it. Does nothing when it is gone. */
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
