import { describe, expect, it } from 'vitest';
import type { Canonical, Observation } from '../../../../src/model/observation.js';
import { parseLine, runAnswer, testRunLine, verifyAnswer } from '../../../../src/observe/probe/protocol.js';
import { answered, anObservation, int, list, raised, str } from '../../../helpers/builders.js';

const line = (observation: unknown, id = 1): string =>
  JSON.stringify({ id, program: 'p', input: 'i', observation });
const read = (observation: unknown) => parseLine(line(observation), runAnswer, 1);

const NONE: Canonical = { t: 'none' };
const EVERY_CANONICAL: Canonical[] = [
  NONE,
  { t: 'bool', v: true },
  int(1),
  { t: 'float', v: 'nan' },
  { t: 'complex', re: '1.0', im: '-0.0' },
  str('x'),
  { t: 'bytes', v: '00' },
  { t: 'bytearray', v: '00' },
  { t: 'singleton', v: 'Ellipsis' },
  list(NONE, list(int(1))),
  { t: 'tuple', items: [] },
  { t: 'set', items: [NONE] },
  { t: 'frozenset', items: [] },
  { t: 'dict', ordered: false, entries: [[str('k'), NONE]] },
  { t: 'enum', type: 'm.E', name: 'A' },
  { t: 'subclass', type: 'm.L', base: list(), public: { a: NONE } },
  { t: 'object', type: 'm.C', public: { a: NONE } },
  { t: 'object', type: 'm.C', public: {}, repr: 'C()' },
  { t: 'object', type: 'm.C', public: {}, private: { _a: NONE } },
  { t: 'name', kind: 'class', v: 'm.C' },
  { t: 'iterator', type: 'builtins.generator', items: [NONE], more: true },
  { t: 'array', dtype: '<i8', shape: [2, 3], data: '00' },
  { t: 'ref', n: 0 },
  { t: 'opaque', type: 'm.C', why: 'descriptor' },
  { t: 'truncated', why: 'size' },
];
const EVERY_OUTCOME: Observation[] = [
  answered(NONE),
  raised('ValueError', 'no', {
    cause: { type: 'builtins.KeyError', bases: [], message: '' },
    at: { file: 'a.py', line: 3, function: 'f', explicit: true },
  }),
  anObservation({ kind: 'timeout' }),
  anObservation({ kind: 'crashed', signal: 11 }),
  anObservation({ kind: 'exited', code: 3 }),
  anObservation({ kind: 'resource', what: 'memory' }),
  anObservation({ kind: 'setup-failed', exception: { type: 'E', bases: [], message: '' } }),
];

describe('an answer of the probe', () => {
  it.each(EVERY_CANONICAL)('may hold $t', (value) => {
    const observation = answered(value, { state: { x: value } });
    expect(read(observation)).toEqual({ program: 'p', input: 'i', observation });
  });

  it.each(EVERY_OUTCOME)('may end as $outcome.kind', (observation) => {
    expect(read(observation)).toEqual({ program: 'p', input: 'i', observation });
  });

  it.each([
    ['an unknown kind of value', answered({ t: 'lambda' } as never)],
    ['a value without its parts', answered({ t: 'list' } as never)],
    ['a wrong part deep inside', answered(list(list({ t: 'int', v: 1 } as never)))],
    ['an unknown outcome', anObservation({ kind: 'fine' } as never)],
    ['no warnings', { ...answered(NONE), warnings: undefined }],
    ['state that is no object', { ...answered(NONE), state: [NONE] }],
    ['nothing', null],
  ])('is ignored when it holds %s', (_, observation) => {
    expect(read(observation)).toBeUndefined();
  });

  it.each(['', 'Traceback (most recent call last):', 'null', '[]', '3', '{"id":1', '\u0000'])(
    'is ignored when it is %j',
    (garbage) => {
      expect(parseLine(garbage, runAnswer, 1)).toBeUndefined();
    },
  );

  it('is ignored when it answers another request', () => {
    expect(parseLine(line(answered(NONE), 2), runAnswer, 1)).toBeUndefined();
  });

  it('is ignored when it is nested beyond measure', () => {
    const depth = 200_000;
    const value = `${'{"t":"list","items":['.repeat(depth)}${']}'.repeat(depth)}`;
    const answer = line(answered(NONE)).replace('{"t":"none"}', value);
    expect(parseLine(answer, runAnswer, 1)).toBeUndefined();
  });

  it('to a verification has a known status', () => {
    expect(parseLine('{"id":1,"status":"passed"}', verifyAnswer, 1)).toEqual({ status: 'passed' });
    expect(parseLine('{"id":1,"status":"great"}', verifyAnswer, 1)).toBeUndefined();
  });
});

describe('a line of a test run', () => {
  const test = { id: 'a.py::test_x', file: 'a.py', status: 'failed', seconds: 0.1, message: 'no' };

  it('is a result or the end', () => {
    expect(parseLine(JSON.stringify({ test }), testRunLine)).toEqual({ test });
    expect(parseLine('{"done":true}', testRunLine)).toEqual({ done: true });
  });

  it.each([{ runner: 'pytest' }, { test: { ...test, status: 'green' } }, { done: false }])(
    'is ignored when it is %j',
    (other) => {
      expect(parseLine(JSON.stringify(other), testRunLine)).toBeUndefined();
    },
  );
});
