import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Instance, Prediction } from '../../model/instance.js';
import { withoutUtf16 } from '../../datasets/read/bytes.js';
import { legible, textOfBytes } from '../../platform/byte-text.js';
import { isFile } from '../../platform/file-kind.js';
import { clone } from '../../trees/clone.js';
import { patchFromRevision, resolveCommit, type Repository } from '../../trees/repository.js';
import { resolveRepository } from '../../trees/source.js';
import { cacheDirectory } from '../cache/cache.js';
import type { CompleteCheckOptions } from '../options/check-options.js';
import { OptionError } from '../options/option-error.js';

/** What a check compares. */
export interface CheckInputs {
  readonly repository: Repository;
  /** The reference and its repository; without FAIL_TO_PASS, so that gold's own results are the measure. */
  readonly instance: Instance;
  readonly prediction: Prediction;
}

/**
 * Reads what the options of a check name.
 * @throws UserError `repository-unavailable`, `patch-missing`, `file-missing` and what git finds wrong
 */
export async function readCheckInputs(
  options: CompleteCheckOptions,
  signal: AbortSignal,
): Promise<CheckInputs> {
  const { base, gold, candidate, testPatch, issue } = options;
  const repository = await openRepositoryAt(options.repo, signal);
  const instance: Instance = {
    instanceId: path.basename(repository.name, '.git'),
    repo: repository.name,
    baseCommit: await resolveCommit(repository, base),
    goldPatch: await patchText('gold', gold, base, repository),
    testPatch: testPatch === undefined ? '' : await inputFile('testPatch', testPatch),
    problemStatement: issue === undefined ? '' : legible(await inputFile('issue', issue)),
    failToPass: [],
    passToPass: [],
    environment: {},
    source: { file: 'command line' },
  };
  const prediction: Prediction = {
    instanceId: instance.instanceId,
    model: 'candidate',
    patch: await patchText('candidate', candidate, base, repository),
    source: { file: candidate },
  };
  return { repository, instance, prediction };
}

async function openRepositoryAt(repo: string, signal: AbortSignal): Promise<Repository> {
  const directory = cacheDirectory('repositories');
  const isUrl = /^[\w+.-]+:\/\/|^[\w.-]+@[\w.-]+:/.test(repo);
  if (isUrl) return clone(repo.replaceAll(/[^\w.-]+/g, '_'), repo, directory, signal);
  return resolveRepository(repo, { cacheDirectory: directory, signal });
}

/** A patch file's text, or the difference that a commit or branch makes. */
async function patchText(
  option: string,
  value: string,
  base: string,
  repository: Repository,
): Promise<string> {
  if (await isFile(value)) return inputFile(option, value);
  try {
    return await patchFromRevision(repository, base, value);
  } catch (error) {
    throw new OptionError({
      code: 'patch-missing',
      message: (spell) =>
        `${spell(option)} ${value}: there is no such file, and it is not a revision of ${repository.origin}`,
      hint: () => 'Give a patch file, a commit or a branch.',
      cause: error,
    });
  }
}

/** The content of a file, as text that stands for its bytes. */
async function inputFile(option: string, file: string): Promise<string> {
  try {
    return textOfBytes(withoutUtf16(await readFile(file)));
  } catch (error) {
    throw new OptionError({
      code: 'file-missing',
      message: (spell) => `${spell(option)} ${file} cannot be read`,
      hint: () => 'Check the path.',
      cause: error,
    });
  }
}
