import { z } from 'zod';
import { TEST_RUNNERS, type Instance } from '../model/instance.js';
import type { RawRecord } from './json-records.js';
import { pythonStringList } from './python-list.js';
import { withCommonNames } from './row-variants.js';
import { validate } from './validate.js';

const text = z.string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be text') });
const filled = text.min(1, 'must not be empty');
const optional = text.nullish().transform((value) => (value === null || value === '' ? undefined : value));

/** Test ids as a list, or as the text of one in JSON or Python, as the published datasets have them. */
const testIds = z.unknown().transform((value, context): string[] => {
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

/** Turns a raw record into an instance. Fields that are not needed are ignored. Throws UserError `dataset-invalid`. */
export function instanceOf(raw: RawRecord): Instance {
  const hint = 'A row is one object of a SWE-bench dataset.';
  const value = isObject(raw.value) ? withCommonNames(raw.value) : raw.value;
  const row = validate(rowSchema, value, raw.place, 'dataset-invalid', hint);
  return {
    instanceId: row.instance_id,
    repo: row.repo,
    baseCommit: row.base_commit,
    goldPatch: row.patch,
    testPatch: row.test_patch ?? '',
    problemStatement: row.problem_statement ?? '',
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

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
