import { expect, it } from 'vitest';
import { checkTable } from '../../../../src/cli/commands/images-check.js';
import type { CheckedRecipe } from '../../../../src/app/images/check-recipes.js';

const RECIPES: CheckedRecipe[] = [
  {
    ...{ repository: 'a/b', name: 'a/b 1.0, 1.1', versions: ['1.0', '1.1'], python: '3.9', recipe: 'x' },
    instances: [
      { instanceId: 'a__b-1', qualified: true, tests: 10, leftOut: [], seconds: 1 },
      {
        ...{ instanceId: 'a__b-2', qualified: true, tests: 20, seconds: 1 },
        leftOut: [{ id: 't.py::test_net', status: 'failed', why: 'OSError:  no\n network' }],
      },
    ],
  },
  {
    ...{ repository: 'c/d', name: 'c/d 7', versions: ['7'], python: null, recipe: null },
    instances: [
      {
        ...{ instanceId: 'c__d-1', qualified: false, tests: 5, seconds: 1 },
        leftOut: [{ id: 't.py::test_fix', status: 'missing', why: '' }],
        ...{ reason: 'environment-broken', detail: 'there is no module toml' },
      },
    ],
  },
];

it('has a row for each recipe, and says what stands against instances and tests', () => {
  expect(checkTable(RECIPES)).toBe(`recipe        Python     instances  qualified  tests  left out
a/b 1.0, 1.1  3.9        2          2          30     1
c/d 7         no recipe  1          0          0      0

a__b-2: left out t.py::test_net (failed: OSError: no network)
c__d-1: environment-broken: there is no module toml
c__d-1: left out t.py::test_fix (missing)

2 of 3 instances qualified, 2 recipes
`);
});
