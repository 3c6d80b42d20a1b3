import path from 'node:path';
import { UserError } from '../model/errors.js';
import { buildOnce } from '../platform/build-once.js';
import { lastLine, tryGit } from './git/git.js';
import { openRepository, type Repository } from './repository.js';

/**
 * Clones `owner/name` from GitHub into the cache, once.
 * Throws UserError `repository-unavailable` with git's message when that fails, for example offline.
 */
export async function cloneFromGitHub(
  name: string,
  cacheDirectory: string,
  signal?: AbortSignal,
): Promise<Repository> {
  return clone(name, `https://github.com/${name}.git`, cacheDirectory, signal);
}

/** As {@link cloneFromGitHub}, from any URL that git knows. */
export async function clone(
  name: string,
  url: string,
  cacheDirectory: string,
  signal?: AbortSignal,
): Promise<Repository> {
  const target = path.join(path.resolve(cacheDirectory), `${name.replaceAll('/', '__')}.git`);
  await buildOnce(target, async (directory) => {
    const answer = await tryGit(['clone', '--quiet', '--bare', '--template=', url, directory], {
      network: true,
      seconds: 3600,
      signal,
    });
    if (answer.exitCode !== 0) throw unavailable(name, url, lastLine(answer.stderr));
  });
  const repository = await openRepository(name, target, url);
  if (repository === null) throw unavailable(name, url, `${target} is not a git directory`);
  return { ...repository, cloned: true };
}

function unavailable(name: string, url: string, words: string): UserError {
  return new UserError(
    'repository-unavailable',
    `repository ${name} could not be cloned from ${url}: ${words}`,
    'Without network access, give a directory with a clone of it: --repos-dir DIR.',
  );
}
