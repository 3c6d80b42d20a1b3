import { readFile, readlink } from 'node:fs/promises';
import { bytesOfText, textOfBytes } from '../../platform/byte-text.js';
import path from 'node:path';
import { InfraError, UserError } from '../../model/errors.js';
import type { ApplyStrategy } from '../../model/side.js';
import { runTool, tryGit, type GitResult } from '../git/git.js';
import {
  SYMLINK_MODE,
  changesBetween,
  restore,
  snapshot,
  type GitTree,
  type TreeChange,
} from '../git/git-tree.js';
import { normalisePatch, withFinalNewline } from './normalise.js';
import { parsePatch, type PatchedFile } from './parse.js';
import { rejectionReason } from './rejection.js';
import { escapingLink, leadsOutside, unsafeReason } from './safety.js';
import { sizeReason } from './size.js';

export type ApplyResult =
  /** `changes`: what the patch did to the tree. `state`: id of the tree as it is now, for git. */
  | {
      readonly kind: 'applied';
      readonly strategy: ApplyStrategy;
      readonly changes: readonly TreeChange[];
      readonly state: string;
    }
  /** The tree is as it was. `reason` names files and hunks where git does. */
  | { readonly kind: 'rejected'; readonly reason: string };

interface Strategy {
  readonly name: ApplyStrategy;
  readonly run: (tree: GitTree, patch: string) => Promise<GitResult>;
}

/** How the benchmark's harness applies a patch: the strategies in the order in which it tries them. */
const STRATEGIES: readonly [Strategy, ...Strategy[]] = [
  { name: 'git-apply', run: gitApply('--verbose') },
  { name: 'git-apply-3way', run: gitApply('--verbose', '--3way') },
  { name: 'git-apply-reject', run: gitApply('--verbose', '--reject') },
  { name: 'patch-fuzz', run: gnuPatch },
];

/**
 * Applies a patch, a text that stands for its bytes, to a tree by the first of the harness's strategies that succeeds: each starts from the state that the
 * tree had, and a patch that can be reverted counts as applied already. A patch that would write outside the tree is
 * rejected before anything is tried. Where the harness resets with `git checkout` and leaves conflicts of
 * `--3way` behind, the state is restored in full. `state` is the id of what the tree holds now, where the
 * caller knows it.
 */
export async function applyPatch(tree: GitTree, text: string, state?: string): Promise<ApplyResult> {
  const before = state ?? (await snapshot(tree));
  if (text.trim() === '') return { kind: 'applied', strategy: 'none', changes: [], state: before };
  const given = withFinalNewline(text);
  const files = parsePatch(given);
  const unsafe = unsafeReason(files);
  if (unsafe !== null) return { kind: 'rejected', reason: unsafe };
  // `patch` would make empty files of these and call that success.
  if (files.length > 0 && files.every(({ binary }) => binary === 'stub')) {
    return { kind: 'rejected', reason: rejectionReason([], files) };
  }
  // What git takes as it is stays as it is, to the byte; only what it refuses is repaired.
  const repaired = await normalisePatch(text, async (file) => usesCrlf(path.join(tree.directory, file)));
  const named = files.map((file) => file.path);
  const asGiven = repaired === given ? null : await tryOne(tree, STRATEGIES[0], given, before, named);
  return asGiven && 'kind' in asGiven ? asGiven : tryStrategies(tree, repaired, files, before);
}

async function tryStrategies(
  tree: GitTree,
  patch: string,
  files: readonly PatchedFile[],
  before: string,
): Promise<ApplyResult> {
  const named = files.map((file) => file.path);
  const attempts: GitResult[] = [];
  for (const strategy of STRATEGIES) {
    const result = await tryOne(tree, strategy, patch, before, named);
    if ('kind' in result) return result;
    attempts.push(result);
  }
  const reverse = await gitApply('--check', '--reverse')(tree, patch);
  if (reverse.exitCode === 0) return settle(tree, 'already-applied', before);
  return { kind: 'rejected', reason: rejectionReason(attempts, files) };
}

/** What came of a strategy; where it failed, what the program said, and the tree is as it was. */
async function tryOne(
  tree: GitTree,
  strategy: Strategy,
  patch: string,
  before: string,
  named: readonly string[],
): Promise<ApplyResult | GitResult> {
  const attempt = await strategy.run(tree, patch);
  const result = attempt.exitCode === 0 ? await settle(tree, strategy.name, before, named) : null;
  if (result !== null && !isVacuous(result)) return result;
  await restore(tree, before);
  return attempt;
}

/** `patch` is content with a file of which it understands nothing, such as the remark that binary files differ. */
function isVacuous(result: ApplyResult): boolean {
  return result.kind === 'applied' && result.strategy === 'patch-fuzz' && result.changes.length === 0;
}

/** Takes the tree as the patch left it, unless git cannot record it or a link now leads outside. */
async function settle(
  tree: GitTree,
  strategy: ApplyStrategy,
  before: string,
  named: readonly string[] = [],
): Promise<ApplyResult> {
  const rejected = async (reason: string): Promise<ApplyResult> => {
    await restore(tree, before);
    return { kind: 'rejected', reason };
  };
  let state: string;
  try {
    const large = await sizeReason(tree.directory, named);
    if (large !== null) return await rejected(large);
    state = await snapshot(tree);
  } catch (error) {
    if (!(error instanceof InfraError && error.code === 'git-failed')) throw error;
    return rejected(error.message);
  }
  const changes = await changesBetween(tree, before, state);
  const large = await sizeReason(
    tree.directory,
    changes.map((change) => change.path),
  );
  if (large !== null) return rejected(large);
  for (const change of changes.filter((entry) => entry.mode === SYMLINK_MODE)) {
    const link = bytesOfText(path.join(tree.directory, change.path));
    const target = textOfBytes(await readlink(link, { encoding: 'buffer' }));
    if (leadsOutside(change.path, target)) return rejected(escapingLink(change.path, target));
  }
  return { kind: 'applied', strategy, changes, state };
}

function gitApply(...options: string[]): Strategy['run'] {
  return async (tree, patch) =>
    tryGit(['apply', ...options, '-'], {
      cwd: tree.directory,
      gitDir: tree.gitDir,
      workTree: tree.directory,
      input: bytesOfText(patch),
      seconds: 120,
      limited: true,
    });
}

/**
 * What `patch` would hand to an editor as a command, wherever it stands: `patch` looks past indentation and
 * mail quoting, and its `--unified` does not keep it from that.
 */
const EDITOR_COMMAND = /^[- \tX]*[\d,]+[ \t]*[acd][ \t]*\r?$/m;

/**
 * Runs `patch`, which leaves neither backups nor rejects behind. Where that is unsafe, or `patch` is not
 * installed, this strategy is not tried and the reason says so.
 */
async function gnuPatch(tree: GitTree, patch: string): Promise<GitResult> {
  if (EDITOR_COMMAND.test(patch)) return notTried('the text holds what `patch` takes for an editor command');
  const harness = ['--batch', '--forward', '--fuzz=5', '-p1'];
  const ours = ['--unified', '--get=0', '--no-backup-if-mismatch', '--reject-file=-'];
  try {
    return await runTool('patch', [...harness, ...ours], {
      cwd: tree.directory,
      input: bytesOfText(patch),
      seconds: 120,
      limited: true,
    });
  } catch (error) {
    if (error instanceof UserError && error.code === 'patch-missing')
      return notTried('`patch` is not installed');
    throw error;
  }
}

function notTried(why: string): GitResult {
  return { exitCode: 127, stdout: '', stderr: `error: patch --fuzz was not tried: ${why}` };
}

async function usesCrlf(file: string): Promise<boolean> {
  try {
    return (await readFile(file)).includes('\r\n');
  } catch {
    return false; // A new file has no lines yet.
  }
}
