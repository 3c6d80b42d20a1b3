import { describe, expect, it } from 'vitest';
import { table } from '../../../benchmarks/bench/table.js';

describe(table, () => {
  it('aligns columns and puts numbers to the right', () => {
    expect(
      table(
        ['name', 'seconds'],
        [
          ['a', 1.234],
          ['longer', null],
        ],
      ),
    ).toBe(
      ['| name   | seconds |', '| ------ | ------: |', '| a      |    1.23 |', '| longer |       - |'].join(
        '\n',
      ),
    );
  });

  it('rounds large numbers more, and integers not at all', () => {
    const rows = table(['n'], [[12.345], [678.9], [12345]])
      .split('\n')
      .slice(2);
    expect(rows).toEqual(['|  12.3 |', '|   679 |', '| 12345 |']);
  });
});
