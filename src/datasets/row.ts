import { z } from 'zod';
import { TEST_RUNNERS, type Instance } from '../model/instance.js';
import { legible } from '../platform/byte-text.js';
import { isFields, type RawRecord } from './read/raw-record.js';
import { pythonStringList } from './python-list.js';
import { withCommonNames } from './row-variants.js';
import { validate } from './validate.js';

const text = z.string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be text') });
const filled = text.min(1, 'must not be empty');
const optional = text.nullish().transform((value) => (value === null || value === '' ? undefined : value));

/** Test ids as a list, or as the text of one in JSON or Python, as the published datasets have them. */
const testIds = z.unknown().transform((value, context): string[] => {
  if (value === null) return []; // the row has none
  const list = typeof value === 'string' ? decode(value) : value;
  if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return list;
  const message = value === undefined ? 'is missing' : 'must be a list of test ids, or the JSON text of one';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

function decode(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return pythonStringList(value) ?? undefined;
  }
}

const rowSchema = z.object(
  {
    instance_id: filled,
    repo: filled,
    base_commit: filled,
    patch: filled,
    test_patch: optional,
    problem_statement: optional,
    version: z.union([text, z.number().transform(String)]).nullish(),
    FAIL_TO_PASS: testIds,
    PASS_TO_PASS: testIds,
    eval_type: z
      .enum(['pass_and_fail', 'fail_only'], { error: 'must be pass_and_fail or fail_only' })
      .nullish(),
    image: optional,
    workdir: optional,
    python: optional,
    test_runner: z.enum(TEST_RUNNERS, { error: 'must be pytest, unittest, sympy or django' }).nullish(),
  },
  { error: 'must be an object' },
);

/** The columns of Parquet files that an instance is made from, in any of the variants that are read. */
export const ROW_COLUMNS: ReadonlySet<string> = new Set([
  ...['instance_id', 'repo', 'base_commit', 'patch', 'test_patch', 'problem_statement', 'version'],
  ...['FAIL_TO_PASS', 'PASS_TO_PASS', 'fail_to_pass', 'pass_to_pass', 'F2P', 'P2P', 'eval_type'],
  ...['image', 'workdir', 'python', 'test_runner', 'docker_image', 'image_name', 'dockerhub_tag'],
  ...['install_config', 'org', 'number', 'base', 'fix_patch', 'title', 'body', 'resolved_issues'],
  ...['f2p_tests', 's2p_tests', 'n2p_tests', 'p2p_tests', 'repo_name', 'commit_hash'],
  ...['parsed_commit_content', 'golden_patch', 'prompt', 'responses_create_params'],
]);

/** Keys by which an object is one row, and not a collection of rows keyed by id. */
export const isRowKey = (key: string): boolean =>
  key === 'instance_id' || key === 'base_commit' || key === 'fix_patch' || key === 'problem_statement';

/** Whether a value is a row of a dataset, with or without mistakes. */
export function isRow(value: unknown): boolean {
  return isFields(value) && 'base_commit' in withCommonNames(value);
}

/** Turns a raw record into an instance. Fields that are not needed are ignored. Throws UserError `dataset-invalid`. */
export function instanceOf(raw: RawRecord): Instance {
  const hint = 'A row is one object of a SWE-bench dataset.';
  const own =
    raw.key !== undefined && isFields(raw.value) ? { instance_id: raw.key, ...raw.value } : raw.value;
  const value = isFields(own) ? withCommonNames(own) : own;
  const row = validate(rowSchema, value, raw.place, 'dataset-invalid', hint);
  return {
    instanceId: row.instance_id,
    repo: row.repo,
    baseCommit: row.base_commit,
    goldPatch: row.patch,
    testPatch: row.test_patch ?? '',
    problemStatement: legible(row.problem_statement ?? ''),
    failToPass: row.FAIL_TO_PASS,
    passToPass: row.PASS_TO_PASS,
    environment: {
      ...(row.image === undefined ? {} : { image: row.image }),
      ...(row.workdir === undefined ? {} : { workdir: row.workdir }),
      ...(row.python === undefined ? {} : { python: row.python }),
    },
    ...(row.version === undefined || row.version === null ? {} : { version: row.version }),
    ...(row.test_runner === undefined || row.test_runner === null ? {} : { testRunner: row.test_runner }),
    ...(row.eval_type === 'fail_only' ? { evalType: row.eval_type } : {}),
    source: raw.source,
  };
}
