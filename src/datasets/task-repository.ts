import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { parse, YAMLParseError } from 'yaml';
import { UserError } from '../model/errors.js';
import type { RawRecord } from './read/raw-record.js';
import { parseJson, readText } from './read/text.js';
import { isFile, kindOf } from '../platform/file-kind.js';

/** Columns of a row that a task keeps in a file of their own. */
const COLUMN_FILES = {
  patch: 'gold.patch',
  test_patch: 'test.patch',
  problem_statement: 'problem_statement.md',
} as const;
/** Columns of which a task may have no file. */
const OPTIONAL_FILES = { eval_script: 'eval.sh' } as const;
const TASK_FILE = 'task.yaml';
const TESTS_FILE = 'tests.json';

/** Is it a task repository: one directory per instance below `tasks/`? */
export async function isTaskRepository(directory: string): Promise<boolean> {
  return (await kindOf(path.join(directory, 'tasks'))) === 'directory';
}

/**
 * The tasks of a split, each as the row it would be in a published dataset, with the files they were read
 * from. A task that names no split is in every one; one that cannot be read is a broken record.
 */
export async function readTasks(
  directory: string,
  split: string,
): Promise<{ readonly records: RawRecord[]; readonly files: string[] }> {
  const root = path.join(directory, 'tasks');
  const records: RawRecord[] = [];
  const files: string[] = [];
  for (const name of (await readdir(root)).sort()) {
    const file = path.join(root, name, TASK_FILE);
    if (!(await isFile(file))) continue;
    const where = { source: { file }, place: file };
    try {
      const task = await readTask(path.join(root, name), split);
      if (task === null) continue;
      files.push(...task.files);
      records.push({ ...where, value: task.value });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      files.push(file);
      const value = JSON.stringify({ instance_id: name });
      records.push({ ...where, value, broken: error.message, code: error.code });
    }
  }
  return { records, files };
}

/** Null for a task of another split. */
async function readTask(
  task: string,
  split: string,
): Promise<{ readonly value: Record<string, unknown>; readonly files: string[] } | null> {
  const file = path.join(task, TASK_FILE);
  const facts = parseYaml(await readText(file, 'dataset'), file);
  if (facts['split'] !== undefined && facts['split'] !== split) return null;
  const tests = path.join(task, TESTS_FILE);
  const value = {
    ...facts,
    ...objectIn(parseJson(await readText(tests, 'dataset'), tests, 'dataset'), tests),
  };
  const files = [file, tests];
  const columns = Object.entries(COLUMN_FILES) as [string, string][];
  for (const [column, name] of Object.entries(OPTIONAL_FILES))
    if (await isFile(path.join(task, name))) columns.push([column, name]);
  for (const [column, columnFile] of columns) {
    const content = path.join(task, columnFile);
    value[column] = await readText(content, 'dataset');
    files.push(content);
  }
  return { value, files };
}

function parseYaml(text: string, file: string): Record<string, unknown> {
  try {
    return objectIn(parse(text), file);
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error;
    throw new UserError('dataset-malformed', `${file}: not valid YAML: ${error.message}`, undefined, {
      cause: error,
    });
  }
}

function objectIn(value: unknown, file: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new UserError('dataset-malformed', `${file}: expected names with values`);
}
