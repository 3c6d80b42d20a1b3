import type { ForgedTests, PairRecord, SteeringKind, TestSteering } from '../model/verdict.js';
import { benchmarkNotes } from './words.js';

/** Signs, files and lines that are named; further ones are only counted. */
const MOST_NAMED = 5;

/** In what way a file steers tests. */
const KIND_WORDS: Readonly<Record<SteeringKind, string>> = {
  conftest: 'hooks and fixtures of pytest',
  'test-configuration': 'settings of the test runner',
  'test-helper': 'a helper of tests',
  'edited-test': 'a test, edited',
  'deleted-test': 'a test, deleted',
  'interpreter-startup': 'run when the interpreter starts',
  'shadows-module': 'takes the place of a module that test runners load',
  'byte-code': 'code that cannot be read',
};

const OWN_WORDS: Readonly<Record<TestSteering['withOwn'], string>> = {
  'not-run': '',
  same: ", with the patch's own files the benchmark's tests say the same",
  passes: ", with the patch's own files the benchmark's tests pass, with the reference's they do not",
  fails: ", with the patch's own files the benchmark's tests fail, with the reference's they pass",
};

/** What shows that the tests are forged, a line each; the lines of the patch that may have done it come last. */
export function forgeryLines({ signs, lines }: ForgedTests): string[] {
  return [
    ...shown(signs.map(({ canary, expected, answered }) => `${canary}: ${expected}, here: ${answered}`)),
    ...shown(lines.map(({ file, line, text }) => `${file}:${line}: ${text.trim()}`)),
  ];
}

/** What a reader must know of the tests of a pair: those left out, and how the patch reaches for them. */
export function pairNotes(record: PairRecord): string[] {
  const { forgedTests, testSteering } = record;
  return [
    ...benchmarkNotes(record),
    ...(forgedTests === null ? [] : forgeryLines(forgedTests)),
    ...(testSteering.files.length === 0 ? [] : [steeringSentence(testSteering)]),
  ];
}

function steeringSentence({ files, withOwn }: TestSteering): string {
  const named = shown(files.map(({ file, kind }) => `${file} (${KIND_WORDS[kind]})`)).join(', ');
  return `tests are run with the reference's ${named}${OWN_WORDS[withOwn]}`;
}

function shown(texts: readonly string[]): string[] {
  const more = texts.length > MOST_NAMED ? [`and ${texts.length - MOST_NAMED} more`] : [];
  return [...texts.slice(0, MOST_NAMED), ...more];
}
