import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { Instance } from '../../../src/model/instance.js';
import { resolveCommit, type Repository } from '../../../src/trees/repository.js';
import { imageOf } from './rows.js';

/** The harness asks for git and patch inside; a base image may have neither. */
const ENVIRONMENT = (base: string) => `FROM ${base}
RUN command -v git >/dev/null && command -v patch >/dev/null || \\
  { apt-get update && apt-get install -y --no-install-recommends git patch && rm -rf /var/lib/apt/lists/*; }
`;

const INSTANCE = (environment: string) => `FROM ${environment}
COPY testbed /testbed
WORKDIR /testbed
RUN git init -q && git add -A -f && \\
  git -c user.name=bench -c user.email=bench@example.org commit -q -m base
`;

/** Builds an image from a folder, in which the Dockerfile is written. */
async function build(directory: string, tag: string, dockerfile: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  await writeFile(path.join(directory, 'Dockerfile'), dockerfile);
  // Without buildx, which not every engine has.
  const env = { DOCKER_BUILDKIT: '0' };
  await execa('docker', ['build', '--quiet', '--network', 'host', '--tag', tag, directory], { env });
}

/** An image with git over `base`; the caller removes it. */
export async function buildEnvironment(base: string, folder: string): Promise<string> {
  const tag = 'patchdiff-bench-harness:latest';
  await build(path.join(folder, 'environment'), tag, ENVIRONMENT(base));
  return tag;
}

/** The image of an instance: its repository at the base commit, as the only commit, in /testbed. */
export async function buildInstance(
  { instanceId, baseCommit }: Instance,
  repository: Repository,
  environment: string,
  folder: string,
): Promise<string> {
  const directory = path.join(folder, instanceId);
  await mkdir(path.join(directory, 'testbed'), { recursive: true });
  const archive = path.join(directory, 'base.tar');
  const commit = await resolveCommit(repository, baseCommit);
  await execa('git', ['--git-dir', repository.gitDir, 'archive', '--output', archive, commit]);
  await execa('tar', ['-x', '-f', archive, '-C', path.join(directory, 'testbed')]);
  await build(directory, imageOf(instanceId), INSTANCE(environment));
  return imageOf(instanceId);
}

export async function removeImages(tags: readonly string[]): Promise<void> {
  await execa('docker', ['image', 'rm', '--force', ...tags], { reject: false });
}
