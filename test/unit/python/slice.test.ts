import { describe, expect, it } from 'vitest';
import { slicePrelude } from '../../../src/python/slice.js';

const slice = (source: string, ...names: string[]): string =>
  slicePrelude(source, 'pkg/sub/tests/test_m.py', names);

describe('slicePrelude', () => {
  it('keeps what is needed, transitively, in its order', () => {
    const source =
      'import os\nfrom m import A, B as C, D\nx = C(A)\ny = D\ndef f():\n    return g(x)\ndef g(z): return z\n';
    expect(slice(source, 'f')).toBe(
      'from m import A, B as C\nx = C(A)\ndef f():\n    return g(x)\ndef g(z): return z',
    );
  });

  it('keeps nothing for names that the module does not bind', () => {
    expect(slice('import os\nx = 1\n', 'len', 'unknown')).toBe('');
  });

  it('always keeps star and future imports', () => {
    expect(slice('from __future__ import division\nfrom m import *\nimport os\n')).toBe(
      'from __future__ import division\nfrom m import *',
    );
  });

  it.each([
    ['from . import a, b', 'from pkg.sub.tests import a'],
    ['from .n import a', 'from pkg.sub.tests.n import a'],
    ['from ..n.o import a', 'from pkg.sub.n.o import a'],
    ['from ... import a', 'from pkg import a'],
    ['from n import (a,  # why\n    b)', 'from n import a'],
    ['import a, b.c', 'import a'],
    ['import a.x, a.y', 'import a.x, a.y'],
    ['import numpy as a', 'import numpy as a'],
  ])('makes of %s: %s', (source, expected) => {
    expect(slice(source, 'a')).toBe(expected);
  });

  it('takes `src` for no package', () => {
    expect(slicePrelude('from .n import a', 'src/pkg/m.py', ['a'])).toBe('from pkg.n import a');
  });

  it('keeps every binder of a name, compound statements whole', () => {
    const source =
      'try:\n    import a\nexcept ImportError:\n    a = None\nif a:\n    b = a\nelse:\n    b = 1\nb = b + 1\nb.c = 2\n';
    expect(slice(source, 'b')).toBe(source.trimEnd());
  });

  it('does not take an assignment inside a function for one of the module', () => {
    expect(slice('import a\ndef f():\n    a.b = 1\n', 'a')).toBe('import a');
  });

  it('leaves out what runs only as main module', () => {
    expect(slice('x = 1\nif __name__ == "__main__":\n    x = 2\n', 'x')).toBe('x = 1');
  });

  it('keeps fixtures without their decorator, so that pytest is not needed', () => {
    expect(slice('import pytest\n@pytest.fixture\ndef data(): return 1\n', 'data')).toBe(
      'def data(): return 1',
    );
  });

  it('keeps test classes without their tests and what only those need', () => {
    const source = `import a, b
class TestX(Base):
    """Doc."""
    limit = a.x

    def setUp(self):
        self.v = 1

    @pytest.fixture
    def data(self):
        return self.v

    def test_one(self):
        b.f()
`;
    expect(slice(source, 'TestX')).toBe(`import a
class TestX(Base):
    """Doc."""
    limit = a.x
    def setUp(self):
        self.v = 1
    def data(self):
        return self.v`);
    expect(slice('class TestY:\n    def test_one(self): pass\n', 'TestY')).toBe('class TestY:\n    pass');
  });
});

it('makes relative imports absolute inside other statements, too', () => {
  const source =
    'import sys\nif sys.version_info >= (3, 6):\n    from .data import A\n    from ..up import B\n';
  const sliced = slicePrelude(source, 'pkg/tests/test_a.py', ['A']);
  expect(sliced).toContain('    from pkg.tests.data import A');
  expect(sliced).toContain('    from pkg.up import B');
});
