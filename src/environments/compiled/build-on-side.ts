import { Unjudgeable } from '../../model/unjudgeable.js';
import type { ProjectBuild, SideEnvironment } from '../../model/recipe.js';
import type { SideTree } from '../../model/side.js';
import type { Side } from '../../observe/engine/engine.js';
import { isCompiledSource } from './sources.js';

/** A build that compiles hundreds of files on one processor takes half an hour. */
const LIMITS = { seconds: 7200, memoryMb: 8192, outputBytes: 65_536, processes: 512 };
const REASON_LINES = 4;
const REASON_CHARACTERS = 400;

/**
 * Builds a project again on a side whose image holds another state of its compiled sources: one that a patch changed.
 * @throws as `buildOn`
 */
export async function buildChanged(side: Side, tree: SideTree, { build }: SideEnvironment): Promise<void> {
  if (build !== undefined && tree.changedFiles.some(isCompiledSource)) await buildOn(side, build);
}

/**
 * Builds a project in its tree, inside the sandbox of a side.
 * @throws Unjudgeable `environment-broken` with what the build said last
 */
export async function buildOn(side: Side, { commands, version, name, apt }: ProjectBuild): Promise<void> {
  // What builds print goes where it is kept; most of it is on standard output.
  const script = ['cd "$1"', 'exec 1>&2', ...commands].join('\n');
  const build = await side.start(['/bin/sh', '-ec', script, 'sh', side.root], {
    env: { SETUPTOOLS_SCM_PRETEND_VERSION: version, PYTHONDONTWRITEBYTECODE: '1' },
    limits: LIMITS,
    asOwner: true,
  });
  build.stdin.end();
  build.stdout.resume();
  const { exitCode, timedOut } = await build.ended;
  if (exitCode === 0) return;
  const lines = build.stderrTail().trim().split('\n').slice(-REASON_LINES).join(' | ');
  const reason = timedOut ? `it took over ${LIMITS.seconds} s` : lines.slice(-REASON_CHARACTERS);
  const needs = apt.length > 0 ? ` (its image has ${apt.join(', ')})` : '';
  throw new Unjudgeable(
    'environment-broken',
    `the compiled parts of ${name} cannot be built${needs}: ${reason}`,
  );
}
