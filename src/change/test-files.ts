import path from 'node:path';
import type { Target } from '../model/target.js';
import { python } from '../python/language.js';

/** A developer test file, and the reasons why it is likely to reach the targets. */
export interface RankedTestFile {
  readonly file: string;
  readonly score: number;
  readonly reasons: readonly string[];
}

/** What to rank test files by. */
export interface TestFileQuery {
  /** Tree with the test patch applied. */
  readonly directory: string;
  /** Test files that the test patch touches: always first. */
  readonly testPatchFiles: readonly string[];
  readonly targets: readonly Target[];
  readonly limit: number;
}

interface Reason {
  readonly points: number;
  readonly text: string;
}

const POINTS = { testPatch: 1000, namedAfterModule: 100, sameFolder: 15, mention: 40 };
/** A name that more than this share of the test files mention, and more than are looked for, does not tell them apart. */
const COMMON_NAME_SHARE = 0.25;

/**
 * The test files most likely to reach the targets, best first: those of the test patch, then by name
 * (`test_<module>.py` nearby) and by mentions of the targets' names, rare names counting more; every file where there
 * are no more than `limit`. Files without tests are left out. Works on the text of the files, without parsing them.
 */
export async function rankTestFiles(query: TestFileQuery): Promise<RankedTestFile[]> {
  const { directory, targets, limit } = query;
  const listed = (await python.listFiles(directory)).filter(python.isTestFile);
  const files = [...new Set([...query.testPatchFiles.filter(python.isSourceFile), ...listed])];
  const words = new Map<string, ReadonlySet<string>>();
  for (const file of files) {
    const source = await python.readSource(directory, file);
    if (source !== undefined && python.definesTests(source)) words.set(file, python.identifiersIn(source));
  }
  const names = rareNames(targets, [...words.values()], limit);
  const ranked = [...words].flatMap(([file, mentioned]) => {
    const reasons = [
      ...(query.testPatchFiles.includes(file)
        ? [{ points: POINTS.testPatch, text: 'touched by the test patch' }]
        : []),
      ...nameReasons(file, targets),
      ...[...names].flatMap(([name, points]) =>
        mentioned.has(name) ? [{ points, text: `mentions ${name}` }] : [],
      ),
    ];
    const score = reasons.reduce((sum, { points }) => sum + points, 0);
    return score > 0 || words.size <= limit
      ? [{ file, score, reasons: reasons.map(({ text }) => text) }]
      : [];
  });
  return ranked.sort((a, b) => b.score - a.score || (a.file < b.file ? -1 : 1)).slice(0, limit);
}

/** Names of the targets and their classes, each with the points that mentioning it gives a test file. */
function rareNames(
  targets: readonly Target[],
  files: readonly ReadonlySet<string>[],
  limit: number,
): Map<string, number> {
  const names = new Set(targets.flatMap(({ qualname }) => qualname.split('.')));
  const points = new Map<string, number>();
  for (const name of names) {
    if (python.isGenericName(name)) continue;
    const count = files.filter((words) => words.has(name)).length;
    const share = count / files.length;
    if (share <= COMMON_NAME_SHARE || count <= limit)
      points.set(name, Math.max(1, Math.round(POINTS.mention * (1 - share / COMMON_NAME_SHARE))));
  }
  return points;
}

function nameReasons(file: string, targets: readonly Target[]): Reason[] {
  const best = new Map<string, Reason>();
  const subject = python.testSubject(file);
  for (const target of new Set(targets.map((each) => each.file))) {
    const near = nearness(file, target);
    if (subject === python.componentName(target)) {
      const points = POINTS.namedAfterModule * (0.4 + 0.6 * near);
      best.set(target, { points: Math.round(points), text: `named after ${target}` });
    } else if (isBeside(file, target))
      best.set(target, { points: POINTS.sameFolder, text: `beside ${target}` });
  }
  return [...best.values()];
}

/** Share (0 to 1) of the target's folders that the test's path contains too; the tree's root and `src` always count. */
function nearness(testFile: string, file: string): number {
  const folders = path.posix.dirname(file).split('/');
  const around = new Set(path.posix.dirname(testFile).split('/'));
  const shared = folders.filter((folder) => around.has(folder) || folder === '.' || folder === 'src').length;
  return shared / folders.length;
}

/** Whether a test is in the target's folder or in a folder for tests there. */
function isBeside(testFile: string, file: string): boolean {
  return (
    path.posix.dirname(testFile).replace(/(^|\/)tests?$/, '') === path.posix.dirname(file).replace(/^\.$/, '')
  );
}
