import { describe, expect, it } from 'vitest';
import { withCommonHosts, withFewHosts } from '../../../../src/inputs/seeds/host-test.js';
import type { HostTest } from '../../../../src/model/input.js';

interface Seed {
  readonly id: string;
  readonly host?: HostTest;
}

const hosted = (test: string, names: string[], marks: string[] = []): Seed => ({
  id: test,
  host: { test, names, marks },
});
const plain: Seed = { id: 'plain' };

describe('withCommonHosts', () => {
  it('lets tests that are set up alike share the first of them', () => {
    const seeds = withCommonHosts([
      hosted('a.py::test_a', ['tmp', 'app']),
      hosted('a.py::test_b', ['app', 'tmp']),
      plain,
      hosted('a.py::C::test_c', ['tmp', 'app']),
      hosted('a.py::test_d', ['app']),
      hosted('a.py::test_e', ['tmp', 'app'], ['@pytest.mark.slow']),
      hosted('b.py::test_f', ['tmp', 'app']),
    ]);
    expect(seeds.map(({ host }) => host?.test)).toEqual([
      'a.py::test_a',
      'a.py::test_a',
      undefined,
      'a.py::C::test_c',
      'a.py::test_d',
      'a.py::test_e',
      'b.py::test_f',
    ]);
  });
});

describe('withFewHosts', () => {
  it('counts hosts, not the seeds that share them', () => {
    const seeds = withCommonHosts([
      hosted('a.py::test_a', ['tmp']),
      hosted('b.py::test_b', ['tmp']),
      hosted('a.py::test_c', ['tmp']),
      plain,
    ]);
    expect(withFewHosts(seeds, 1).map(({ id }) => id)).toEqual(['plain', 'a.py::test_a', 'a.py::test_c']);
  });
});
