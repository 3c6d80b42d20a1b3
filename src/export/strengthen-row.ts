import path from 'node:path';
import type { Instance } from '../model/instance.js';
import { touchedTestFiles } from '../trees/patch/test-files.js';
import { addedFilePatch } from './added-file.js';
import type { LeftOutReason } from './choose-tests.js';
import { dialectOf, type Dialect } from './dialect.js';
import { extendEvalScript } from './eval-script.js';
import { testFileText, type PortableTest } from './portable-test.js';

/** A row as it was read from a dataset. */
export type Row = Readonly<Record<string, unknown>>;

/** A test that went into a row. */
export interface AddedTest {
  readonly test: PortableTest;
  readonly file: string;
  /** As the harness's log parser reports it. */
  readonly id: string;
  readonly list: 'FAIL_TO_PASS' | 'PASS_TO_PASS';
}

export interface StrengthenedRow {
  readonly row: Row;
  readonly added: readonly AddedTest[];
  readonly leftOut: readonly { readonly test: PortableTest; readonly reason: LeftOutReason }[];
}

const LISTS = ['FAIL_TO_PASS', 'PASS_TO_PASS'] as const;

/** The fields that may be changed, under the names that the row has for them. */
function changeable(row: Row): string[] {
  return ['test_patch', ...LISTS.map((list) => listField(row, list)), 'eval_script'].filter(
    (field) => field in row,
  );
}

const listField = (row: Row, list: AddedTest['list']): string => (list in row ? list : list.toLowerCase());

/**
 * A row with tests added: its test patch makes their files beside the row's own test files, its lists name them and
 * its evaluation script, where it has one, runs them. Every field that may be changed is there under `original_` as
 * it was, whether or not something was added, so that all rows have the same columns.
 */
export function strengthenRow(row: Row, instance: Instance, tests: readonly PortableTest[]): StrengthenedRow {
  const kept = Object.fromEntries(
    changeable(row).map((field) => [`original_${field}`, row[`original_${field}`] ?? row[field]]),
  );
  const place = placeOf(row, instance);
  if (typeof place === 'string') return refused({ ...row, ...kept }, tests, place);
  const { dialect, directory, files, ids } = place;
  const isFit = (test: PortableTest): LeftOutReason | null => {
    if (files.includes(fileIn(directory, test))) return 'already-there';
    return test.prints && !dialect.capturesOutput ? 'prints' : null;
  };
  const added = tests
    .filter((test) => isFit(test) === null)
    .map((test): AddedTest => {
      const file = fileIn(directory, test);
      const list = test.passesOnBase ? 'PASS_TO_PASS' : 'FAIL_TO_PASS';
      return { test, file, id: dialect.testId(file, test.name, { files, ids }), list };
    });
  const unfit = tests.flatMap((test) => {
    const reason = isFit(test);
    return reason === null ? [] : [{ test, reason }];
  });
  if (added.length === 0) return { row: { ...row, ...kept }, added, leftOut: unfit };
  const patch = added
    .map(({ test, file }) => {
      const text = testFileText(test, instance.instanceId) + dialect.ending(test.name);
      return addedFilePatch(file, text);
    })
    .join('');
  const script = row['eval_script'];
  const addition = { patch, files: added.map(({ file }) => file), known: files, dialect };
  const evalScript = typeof script === 'string' ? extendEvalScript(script, addition) : undefined;
  if (evalScript === null) {
    const { leftOut, ...rest } = refused(
      { ...row, ...kept },
      added.map(({ test }) => test),
      'unknown-command',
    );
    return { ...rest, leftOut: [...unfit, ...leftOut] };
  }
  const changed = {
    test_patch: joined(instance.testPatch, patch),
    ...Object.fromEntries(LISTS.map((list) => [listField(row, list), longer(row, list, instance, added)])),
    ...(evalScript === undefined ? {} : { eval_script: evalScript }),
  };
  return { row: { ...row, ...kept, ...changed }, added, leftOut: unfit };
}

interface Place {
  readonly dialect: Dialect;
  /** Where the row's own test files are, so that what applies to them (conftest.py) applies to the new ones. */
  readonly directory: string;
  /** The row's own test files, those that FAIL_TO_PASS names first. */
  readonly files: readonly string[];
  readonly ids: readonly string[];
}

function placeOf(row: Row, { repo, testPatch, failToPass, passToPass }: Instance): Place | LeftOutReason {
  const parser = row['log_parser'];
  const dialect = dialectOf(typeof parser === 'string' && parser !== '' ? parser : undefined, repo);
  if (dialect === null) return 'unknown-runner';
  const touched = touchedTestFiles(testPatch);
  const isNamed = (file: string) =>
    failToPass.some((id) => {
      const named = /^([^:\s]+\.py)::/.exec(id)?.[1];
      return named !== undefined && (file === named || file.endsWith(`/${named}`));
    });
  const files = [...touched.filter(isNamed), ...touched.filter((file) => !isNamed(file))];
  const [first] = files;
  if (first === undefined) return 'no-test-file';
  return { dialect, directory: path.posix.dirname(first), files, ids: [...failToPass, ...passToPass] };
}

const fileIn = (directory: string, { name }: PortableTest): string =>
  path.posix.join(directory, `${name}.py`);

const refused = (row: Row, tests: readonly PortableTest[], reason: LeftOutReason): StrengthenedRow => ({
  row,
  added: [],
  leftOut: tests.map((test) => ({ test, reason })),
});

const joined = (testPatch: string, addition: string): string =>
  testPatch === '' || testPatch.endsWith('\n') ? testPatch + addition : `${testPatch}\n${addition}`;

/** A list with the ids of its new tests, as text where the row has it as text. */
function longer(row: Row, list: AddedTest['list'], instance: Instance, added: readonly AddedTest[]): unknown {
  const known = list === 'FAIL_TO_PASS' ? instance.failToPass : instance.passToPass;
  const all = [...known, ...added.filter((one) => one.list === list).map(({ id }) => id)];
  return typeof row[listField(row, list)] === 'string' ? JSON.stringify(all) : all;
}
