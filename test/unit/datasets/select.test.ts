import { describe, expect, it } from 'vitest';
import { selectInstances } from '../../../src/datasets/select.js';
import { instanceOf } from '../../../src/datasets/row.js';

const instance = (id: string) =>
  instanceOf({
    value: { instance_id: id, repo: 'o/r', base_commit: 'c', patch: 'p', FAIL_TO_PASS: [], PASS_TO_PASS: [] },
    source: { file: 'd.jsonl', line: 1 },
    place: 'd.jsonl:1',
  });
const instances = ['sympy__sympy-21614', 'sympy__sympy-1', 'psf__requests-2674'].map(instance);
const ids = (wanted: string[]) => selectInstances(instances, wanted).map(({ instanceId }) => instanceId);

describe(selectInstances, () => {
  it('gives all without ids, else those asked for in the order of the dataset', () => {
    expect(ids([])).toHaveLength(3);
    expect(ids(['psf__requests-2674', 'sympy__sympy-1'])).toEqual(['sympy__sympy-1', 'psf__requests-2674']);
  });

  it.each([
    ['sympy-21614', 'Did you mean sympy__sympy-21614?'],
    ['psf_requests-2674', 'Did you mean psf__requests-2674?'],
    ['django__django-1', 'It has 3 instances, such as sympy__sympy-21614.'],
  ])('names unknown %s and offers near ones', (id, hint) => {
    expect(() => ids(['sympy__sympy-1', id])).toThrow(
      expect.objectContaining({
        code: 'instance-unknown',
        message: `the dataset has no instance ${id}`,
        hint,
      }),
    );
  });
});
