import path from 'node:path';
import { UserError } from '../model/errors.js';
import { git, tryGit } from './git/git.js';

/** Where the commits of an instance are read from. It is never written to, unless it is a clone in the cache. */
export interface Repository {
  /** As the row names it. */
  readonly name: string;
  /** Absolute path of the git directory. */
  readonly gitDir: string;
  /** Absolute path of its object store. */
  readonly objects: string;
  /** Where it was found, to show to the user. */
  readonly origin: string;
  /** Set when the source is a plain directory: its content as a git tree, which stands for every base commit. */
  readonly content?: string;
  /** A clone in the cache, which may fetch missing commits. */
  readonly cloned?: boolean;
}

/** Describes an existing git directory. Null when `gitDir` is none. */
export async function openRepository(
  name: string,
  gitDir: string,
  origin: string,
): Promise<Repository | null> {
  const answer = await tryGit(['rev-parse', '--absolute-git-dir', '--git-path', 'objects'], { gitDir });
  if (answer.exitCode !== 0) return null;
  const [absolute = gitDir, objects = ''] = answer.stdout.split('\n');
  return { name, gitDir: absolute, objects: path.resolve(objects), origin };
}

/**
 * The full id of a commit, tag or branch. A plain directory has one commit, which every name resolves to.
 * Throws UserError `commit-missing` naming the repository and the commit.
 */
export async function resolveCommit(repository: Repository, revision: string): Promise<string> {
  if (repository.content !== undefined) return repository.content;
  const found = (await lookUp(repository, revision)) ?? (await fetchCommit(repository, revision));
  if (found !== null) return found;
  throw new UserError(
    'commit-missing',
    `repository ${repository.name} (${repository.origin}) has no commit ${revision}`,
    'Fetch the commit into that repository, or check the base commit.',
  );
}

async function lookUp(repository: Repository, revision: string): Promise<string | null> {
  const answer = await tryGit(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
    {
      gitDir: repository.gitDir,
    },
  );
  return answer.exitCode === 0 ? (answer.stdout.trim().split('\n').at(-1) ?? null) : null;
}

/** Commits that no branch or tag reaches are not part of a clone, but a host may serve them by id. */
async function fetchCommit(repository: Repository, commit: string): Promise<string | null> {
  if (repository.cloned !== true || !/^[0-9a-f]{40}$/.test(commit)) return null;
  await tryGit(['fetch', '--quiet', 'origin', commit], { gitDir: repository.gitDir, network: true });
  return lookUp(repository, commit);
}

/**
 * The patch that leads from `base` to `revision`, for users who name commits or branches in place of patch
 * files: a text that stands for its bytes. Throws UserError when a commit is missing.
 */
export async function patchFromRevision(
  repository: Repository,
  base: string,
  revision: string,
): Promise<string> {
  if (repository.content !== undefined) {
    throw new UserError(
      'not-a-repository',
      `${repository.origin} is not a git repository, so that ${revision} names nothing in it`,
      'Give a patch file.',
    );
  }
  const from = await resolveCommit(repository, base);
  const to = await resolveCommit(repository, revision);
  const plain = [
    '--no-ext-diff',
    '--no-textconv',
    '--no-renames',
    '--no-color',
    '--src-prefix=a/',
    '--dst-prefix=b/',
  ];
  return git(['diff', '--binary', '--full-index', ...plain, from, to], { gitDir: repository.gitDir });
}
