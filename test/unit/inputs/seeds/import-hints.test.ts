import { expect, it } from 'vitest';
import { mineImportHints } from '../../../../src/inputs/seeds/import-hints.js';

it('takes the most frequent way to obtain a name, what modules do before what functions do', () => {
  const first = `from m import (A,
    B as C)
import n.o
from .local import D
from stars import *
x, y = A('x y')
z = 3
def test_a():
    k = A('k')
    u = A(x)
    x = A('other')
    from late import L
`;
  const sut = mineImportHints([first, 'from m2 import A\n', 'from m2 import A\n']);
  expect(Object.fromEntries(sut)).toEqual({
    A: 'from m2 import A',
    C: 'from m import B as C',
    n: 'import n.o',
    x: "x, y = A('x y')",
    y: "x, y = A('x y')",
    k: "k = A('k')",
    L: 'from late import L',
  });
});
