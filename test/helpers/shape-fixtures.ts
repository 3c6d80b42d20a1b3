import { gzipSync } from 'node:zlib';
import { parquetOf } from './parquet.js';
import type { Files } from './git-fixtures.js';

/** A patch to a file of its own, so that each is another. */
export const patchTo = (name: string): string =>
  `diff --git a/${name}.py b/${name}.py\n--- a/${name}.py\n+++ b/${name}.py\n@@ -1 +1 @@\n-a\n+${name}\n`;

/** Predictions for `o__r-1` (a patch) and `o__r-2` (none), as one tool writes them. */
export interface ShapeFixture {
  /** Name of the shape in the table, as a run names it. */
  readonly shape: string;
  /** A note where a shape has several fixtures. */
  readonly variant?: string;
  readonly files: Files;
  /** What is given with `-p`. */
  readonly path: string;
  readonly model: string;
  /** The patch of `o__r-2`; default: null. */
  readonly empty?: string;
  /** The patch of `o__r-1`; default: `patchTo('one')`. */
  readonly patch?: string;
  /** The fields that it needs, as paths in the first record; each is broken once. */
  readonly fields?: readonly (readonly (string | number)[])[];
  /** The records that `fields` are paths in, and how they are written. */
  readonly records?: readonly object[];
}

const patch = patchTo('one');
export const lines = (...rows: readonly unknown[]): string =>
  rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const pair = (
  first: object,
  second: object,
  rest: Omit<ShapeFixture, 'files' | 'path' | 'records'>,
): ShapeFixture => ({
  ...rest,
  records: [first, second],
  files: { 'p.jsonl': lines(first, second) },
  path: 'p.jsonl',
});

const plain = [
  { instance_id: 'o__r-1', model_name_or_path: 'm', model_patch: patch },
  { instance_id: 'o__r-2', model_name_or_path: 'm', model_patch: null },
] as const;
const keyed = { 'o__r-1': plain[0], 'o__r-2': { model_name_or_path: 'm', model_patch: null } };
const swebench = 'SWE-bench predictions';
/** Two predictions as `zstd -19` packs them: Node 20 can unpack zstd by a library only, and not pack it. */
const ZSTD = Buffer.from(
  'KLUv/SSJJQIAIsQNEaDthec0K0HXSv6HHfcY1OLAYCoVm4D5dj0qkNu6HkFu69iexb3qGLYePoTbZdebtKc0w9fpMgMAABJH+OlczDKfZR3z',
  'base64',
);
const inUtf16 = (text: string, mark: boolean): Uint8Array =>
  Buffer.from(`${mark ? '\uFEFF' : ''}${text}`, 'utf16le');
export const SHAPE_FIXTURES: readonly ShapeFixture[] = [
  pair(plain[0], plain[1], {
    shape: swebench,
    model: 'm',
    fields: [['instance_id'], ['model_patch'], ['model_name_or_path']],
  }),
  ...(
    [
      ['a list', 'p.json', JSON.stringify(plain)],
      ['a list under .jsonl', 'p.jsonl', JSON.stringify(plain, null, 2)],
      ['JSON Lines under .json', 'p.json', lines(...plain)],
      ['objects of several lines', 'p.jsonl', plain.map((one) => JSON.stringify(one, null, 2)).join('\n')],
      ['keyed by id', 'p.json', JSON.stringify(keyed)],
      ['keyed by id, on one line of .jsonl', 'p.jsonl', JSON.stringify(keyed)],
      ['a list in an object', 'p.json', JSON.stringify({ made: 'today', predictions: plain }, null, 1)],
      ['keyed by id in an object', 'p.json', JSON.stringify({ predictions: keyed })],
      ['gzip', 'p.jsonl.gz', gzipSync(lines(...plain))],
      ['zstd', 'p.jsonl.zst', ZSTD],
      ['gzip under another name', 'p.jsonl', gzipSync(lines(...plain))],
      ['UTF-16 with a mark', 'p.jsonl', inUtf16(lines(...plain), true)],
      ['UTF-16 without', 'p.json', inUtf16(JSON.stringify(plain), false)],
      ['Parquet', 'p.parquet', parquetOf(plain)],
    ] as const
  ).map(([variant, path, content]) => ({
    shape: swebench,
    variant,
    files: { [path]: content },
    path,
    model: 'm',
    ...(variant === 'zstd' ? { patch: 'p' } : {}),
  })),
  {
    shape: swebench,
    variant: 'one for each file',
    files: {
      'many/o__r-1.json': JSON.stringify(plain[0], null, 1),
      'many/o__r-2.json': JSON.stringify(plain[1]),
    },
    path: 'many',
    model: 'm',
  },
  {
    shape: swebench,
    variant: 'ID/ID.pred',
    files: {
      'run/o__r-1/o__r-1.pred': JSON.stringify(plain[0]),
      'run/o__r-1/o__r-1.traj': JSON.stringify({ trajectory: [], info: { submission: 'older' } }),
      'run/o__r-2/o__r-2.pred': JSON.stringify(plain[1]),
    },
    path: 'run',
    model: 'm',
  },
  pair(
    {
      instance_id: 'o__r-1',
      test_result: { git_patch: patch },
      metadata: { llm_config: { model: 'm' } },
      history: [],
    },
    { instance_id: 'o__r-2', test_result: {}, metadata: { llm_config: { model: 'm' } }, error: 'stuck' },
    {
      shape: 'OpenHands output',
      model: 'm',
      fields: [['instance_id'], ['test_result', 'git_patch'], ['metadata', 'llm_config', 'model']],
    },
  ),
  pair(
    { org: 'o', repo: 'r', number: 1, fix_patch: patch, model: 'm' },
    { org: 'o', repo: 'r', number: '2', fix_patch: null, model: 'm' },
    {
      shape: 'Multi-SWE-bench predictions',
      model: 'm',
      fields: [['org'], ['repo'], ['number'], ['fix_patch']],
    },
  ),
  {
    shape: 'SWE-agent trajectories',
    files: {
      'trajs/o__r-1.traj': JSON.stringify({ environment: 'x', trajectory: [], info: { submission: patch } }),
      'trajs/o__r-2.traj': JSON.stringify({ trajectory: [], info: { exit_status: 'exit_cost' } }, null, 2),
    },
    path: 'trajs',
    model: 'trajs',
  },
  {
    shape: 'SWE-agent trajectories',
    variant: 'mini-SWE-agent',
    files: {
      'run/o__r-1/o__r-1.traj.json': JSON.stringify({
        instance_id: 'o__r-1',
        info: { submission: patch, config: { model: { model_name: 'm' } } },
        messages: [],
      }),
      'run/o__r-2/o__r-2.traj.json': JSON.stringify({
        info: { submission: null, exit_status: 'LimitsExceeded', config: { model: { model_name: 'm' } } },
        messages: [],
      }),
    },
    path: 'run',
    model: 'm',
  },
  pair(
    { trajectory: [], instance_id: 'o__r-1', model: 'm', info: { submission: patch } },
    { trajectory: [], instance_id: 'o__r-2', model: 'm', info: { submission: null } },
    { shape: 'SWE-agent trajectories', variant: 'in lines', model: 'm', fields: [['info', 'submission']] },
  ),
  pair(
    { instance_id: 'o__r-1', patch, prefix: 'm' },
    { instance_id: 'o__r-2', patch: null, prefix: 'm' },
    { shape: 'SWE-bench Pro patches', model: 'm', fields: [['instance_id'], ['patch'], ['prefix']] },
  ),
  {
    shape: 'inspect_ai log',
    files: {
      'log.json': JSON.stringify({
        version: 2,
        eval: { task: 'swe_bench', model: 'm' },
        samples: [
          { id: 'o__r-1', epoch: 1, scores: { scorer: { value: 1, metadata: { model_patch: patch } } } },
          { id: 'o__r-2', epoch: 1, error: { message: 'timeout' }, scores: null },
        ],
      }),
    },
    path: 'log.json',
    model: 'm',
  },
  pair(
    { id: 'o__r-1', scores: { s: { metadata: { model_patch: patch } } }, epoch: 1 },
    { id: 'o__r-2', scores: { s: { metadata: { model_patch: null } } }, epoch: 1 },
    {
      shape: 'inspect_ai log',
      variant: 'samples alone',
      model: 'p',
      fields: [['id'], ['scores', 's', 'metadata', 'model_patch']],
    },
  ),
  ...['patch', 'prediction', 'generated_patch', 'output_patch'].map((name) =>
    pair(
      { instance_id: 'o__r-1', model: 'm', [name]: patch },
      { instance_id: 'o__r-2', model: 'm', [name]: null },
      { shape: 'records of an agent', variant: name, model: 'm', fields: [['instance_id'], [name]] },
    ),
  ),
  {
    shape: 'patches keyed by id',
    files: { 'm.json': JSON.stringify({ 'o__r-1': patch, 'o__r-2': null }) },
    path: 'm.json',
    model: 'm',
  },
  {
    shape: 'patches named for their instances',
    files: { 'm/o__r-1.patch': patch, 'm/o__r-2.diff': '' },
    path: 'm',
    model: 'm',
    empty: '',
  },
  {
    shape: 'patches named for their instances',
    variant: 'packed, and a file for each',
    files: { 'm/o__r-1.patch.gz': gzipSync(patch), 'm/o__r-2.patch': '' },
    path: 'm',
    model: 'm',
    empty: '',
  },
  {
    shape: 'patches of the harness',
    files: { 'run/m/o__r-1/patch.diff': patch, 'run/m/o__r-2/patch.diff': '' },
    path: 'run',
    model: 'm',
    empty: '',
  },
];

/** The record with another value at a path of keys; `undefined` takes the field away. */
export function withValue(record: object, path: readonly (string | number)[], value: unknown): object {
  const copy = structuredClone(record) as Record<string, unknown>;
  const last = path.at(-1) ?? '';
  let inner = copy;
  for (const key of path.slice(0, -1)) inner = inner[key] as Record<string, unknown>;
  if (value === undefined) Reflect.deleteProperty(inner, last);
  else inner[last] = value;
  return copy;
}
