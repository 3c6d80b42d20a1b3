import { describe, expect, it } from 'vitest';
import { isSeedOf, seedsFromTestFile } from '../../../../src/inputs/seeds/test-seeds.js';

const seeds = (source: string, ...conftests: readonly string[]) =>
  seedsFromTestFile(
    { file: 'pkg/tests/test_m.py', source },
    conftests.map((text, index) => ({
      file: ['pkg/tests/conftest.py', 'conftest.py'][index] ?? '',
      source: text,
    })),
  );
const statements = (body: string) =>
  seeds(`def test_a():\n    ${body.replaceAll('\n', '\n    ')}\n`)[0]?.statements;

describe('seedsFromTestFile', () => {
  it('makes a plain program of a test', () => {
    const sut = seeds(
      'import os\nfrom pkg import f, g\nx = g(1)\n\ndef test_a():\n    """Doc."""\n    y = f(x)\n\n    assert y == 2\n',
    );
    expect(sut).toEqual([
      {
        id: 'test:pkg/tests/test_m.py::test_a',
        origin: 'test',
        file: 'pkg/tests/test_m.py',
        line: 5,
        label: 'test_a',
        prelude: 'from pkg import f, g\nx = g(1)',
        setUp: [],
        statements: ['y = f(x)', 'assert y == 2'],
      },
    ]);
  });

  it('dedents statements but not the insides of strings', () => {
    expect(statements('for i in x:\n    f(i,\n      1)\ns = """a\n    b\n"""')).toEqual([
      'for i in x:\n    f(i,\n      1)',
      's = """a\n        b\n    """',
    ]);
  });

  it.each([
    ['with pytest.raises(E):\n    f(1)\n    g(2)', ['f(1)', 'g(2)']],
    ['with raises(E, match="x"), pytest.warns(W):\n    f(1)', ['f(1)']],
    ['with pytest.raises(E) as info:\n    f(1)\nm = info.value\nassert m\ng(2)', ['f(1)', 'g(2)']],
    ['info = raises(E, f, 1)\nassert info', ['f(1)']],
    ['raises(E, lambda: f(1))', ['f(1)']],
    ['raises(E, lambda: f(1,\n    2))', ['f(1,\n    2)']],
    ['raises(E, f, 1, k=2)', ['f(1, k=2)']],
    ['raises(E, "f(1); g(2)")', ['f(1)', 'g(2)']],
    ['self.assertRaises(E, f, 1)', ['f(1)']],
    ['self.assertRaisesRegex(E, "x", f, 1)', ['f(1)']],
    ['with self.assertRaises(E):\n    f(1)', ['f(1)']],
    ['with warns_deprecated_sympy():\n    f(1)', ['f(1)']],
    ['with open(p) as h:\n    h.read()', ['with open(p) as h:\n    h.read()']],
    ['f(1)\nreturn\ng(2)', ['f(1)']],
    ['if x:\n    return\nf(1)', ['f(1)']],
    ['"text"\npass\nf(1)', ['f(1)']],
  ])('of %j keeps %j', (body, expected) => {
    expect(
      statements(body)?.map((text) => text.replace(/^\(([\s\S]*)\)$/, '$1').replace(/\n\s+2/, '\n    2')),
    ).toEqual(expected);
  });

  it('needs no pytest where only expectations and fixtures did', () => {
    const sut = seeds(`import pytest
from pkg import f

@pytest.fixture
def base():
    return f(0)

@pytest.fixture()
def data(base):
    return [base]

def test_a(data):
    with pytest.raises(ValueError):
        f(data)
`);
    expect(sut).toHaveLength(1);
    expect(sut[0]?.prelude).toBe(
      'from pkg import f\ndef base():\n    return f(0)\ndef data(base):\n    return [base]',
    );
    expect(sut[0]?.statements).toEqual(['base = base()', 'data = data(base)', 'f(data)']);
  });

  it('takes fixtures from the conftest files around, the nearest first', () => {
    const near = 'from . import helpers\n@pytest.fixture\ndef data(base):\n    return helpers.wrap(base)\n';
    const far =
      'import os\n@pytest.fixture\ndef data():\n    return 0\n@pytest.fixture\ndef base():\n    return 1\n';
    const [sut] = seeds('from pkg import f\ndef test_a(data):\n    f(data)\n', near, far);
    expect(sut?.statements).toEqual(['base = base()', 'data = data(base)', 'f(data)']);
    expect(sut?.prelude.split('\n')).toEqual([
      ...['def base():', '    return 1'],
      ...['from pkg.tests import helpers', 'def data(base):', '    return helpers.wrap(base)'],
      'from pkg import f',
    ]);
  });

  it('holds what a fixture yields, and gives parametrized ones their first parameter', () => {
    const [sut] = seeds(`@pytest.fixture
def opened():
    with open("a") as file:
        yield file
@pytest.fixture(name="mode", params=["r", "w"])
def _mode(request, opened):
    return request.param
def test_a(mode):
    f(mode)
`);
    expect(sut?.statements).toEqual([
      '_opened = opened()',
      'opened = next(_opened)',
      'import types',
      'request = types.SimpleNamespace(param="r")',
      'mode = _mode(request, opened)',
      'f(mode)',
    ]);
  });

  it('makes the directories of pytest, has what only pytest can make from the test, and does without what it printed', () => {
    const [sut] = seeds(`def test_a(tmp_path, capsys, app):
    f(tmp_path)
    out, err = capsys.readouterr()
    assert "x" in out
    assert g(tmp_path) == app.config
    g(1)
`);
    expect(sut?.statements).toEqual([
      'import pathlib, tempfile',
      'tmp_path = pathlib.Path(tempfile.mkdtemp())',
      'f(tmp_path)',
      'assert g(tmp_path) == app.config',
      'g(1)',
    ]);
    expect(sut?.label).toBe('test_a (in part)');
    expect(sut?.host).toEqual({ test: 'pkg/tests/test_m.py::test_a', names: ['app'], marks: [] });
  });

  it('keeps the marks on which fixtures may depend, and nothing of the module that a fixture is named as', () => {
    const [sut] = seeds(`import pytest
VALUE = 1
@pytest.fixture
def app(request):
    return make(request)
@pytest.mark.slow_start
class TestApp:
    @pytest.mark.app("html", root="basic")
    @pytest.mark.parametrize("n", [1])
    @pytest.mark.skipif(VALUE > 2, reason="never")
    @pytest.mark.limit(VALUE)
    def test_a(self, app, n):
        app.run(n)
`);
    expect(sut?.host).toEqual({
      test: 'pkg/tests/test_m.py::TestApp::test_a',
      names: ['app'],
      marks: ['@pytest.mark.app("html", root="basic")', '@pytest.mark.slow_start'],
    });
    expect(sut?.prelude).toBe('');
    expect(sut?.statements).toEqual(['n = 1', 'app.run(n)']);
  });

  it('expands literal parameters, at most five sets spread over all', () => {
    const sut = seeds(`import pytest
@pytest.mark.parametrize("a, b", [(1, "x"), pytest.param(2, "y", id="two"), CASE])
@pytest.mark.parametrize(["c"], [[3], [4]])
def test_a(a, b, c):
    f(a, b, c)
@pytest.mark.parametrize("n", [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
def test_b(n):
    f(n)
@pytest.mark.parametrize("n", make())
def test_c(n):
    f(n)
`);
    expect(sut.map(({ label, statements: own }) => [label, ...own])).toEqual([
      ['test_a[0]', 'a = 1', 'b = "x"', 'c = 3', 'f(a, b, c)'],
      ['test_a[1]', 'a = 2', 'b = "y"', 'c = 4', 'f(a, b, c)'],
      ['test_a[2]', 'a, b = CASE', 'c = 3', 'f(a, b, c)'],
      ...[0, 2, 4, 6, 8].map((n, index) => [`test_b[${index}]`, `n = ${n}`, 'f(n)']),
      ['test_c[0]', 'n = list(make())[0]', 'f(n)'],
      ['test_c[1]', 'n = list(make())[1]', 'f(n)'],
    ]);
  });

  it('provides self as unittest does', () => {
    const sut = seeds(`import unittest
class Base(unittest.TestCase):
    def setUp(self):
        self.v = 1
class MoreOfIt(Base):
    @classmethod
    def setUpClass(cls): pass
    def test_a(self):
        self.assertEqual(self.v, 1)
    def test_b(self):
        f(1)
`);
    expect(sut.map(({ label }) => label)).toEqual(['MoreOfIt.test_a', 'MoreOfIt.test_b']);
    expect(sut[0]?.prelude).toBe(`import unittest
class Base(unittest.TestCase):
    def setUp(self):
        self.v = 1
class MoreOfIt(Base):
    @classmethod
    def setUpClass(cls): pass`);
    expect(sut[0]?.setUp).toEqual(['MoreOfIt.setUpClass()', 'self = MoreOfIt()', 'v = 1']);
    expect(sut[1]).toMatchObject({ prelude: '', setUp: [] });
  });

  it('takes apart a set-up whose functions return something', () => {
    const sut = seeds(`class TestX(TestCase):
    def setUp(self):
        def double(x):
            return 2 * x
        self.double = double
    def test_a(self):
        f(self.double)
`);
    expect(sut[0]?.setUp.slice(1)).toEqual(['def double(x):\n    return 2 * x', 'double = double']);
  });

  it('calls a set-up that cannot stand outside its method', () => {
    const sut = seeds(`class TestX(TestCase):
    def setUp(self):
        super().setUp()
        self.v = 1
    def test_a(self):
        f(self.v)
`);
    expect(sut[0]?.setUp).toEqual(['self = TestX()', 'self.setUp()']);
  });

  it('provides self, setup_method and fixtures of plain test classes', () => {
    const sut = seeds(`class TestX:
    def setup_method(self, method):
        self.v = 1
    @pytest.fixture
    def data(self):
        return self.v
    def test_a(self, data):
        f(self.v, data)
class Helper:
    def test_b(self): f(1)
`);
    expect(sut).toHaveLength(1);
    expect(sut[0]?.statements).toEqual(['data = self.data()', 'f(self.v, data)']);
    expect(sut[0]?.setUp).toEqual(['self = TestX()', 'self.setup_method(None)']);
  });

  it.each([
    ['nothing but what was printed', 'def test_a(capsys):\n    f(capsys)'],
    ['indirect parameters', '@pytest.mark.parametrize("d", [1], indirect=True)\ndef test_a(d):\n    f(d)'],
    ['an async test', 'async def test_a():\n    f(1)'],
    ['a yielding test', 'def test_a():\n    yield f, 1'],
    ['a skipped test', '@pytest.mark.skip(reason="x")\ndef test_a():\n    f(1)'],
    ['a slow test', '@slow\ndef test_a():\n    f(1)'],
    ['an empty test', 'def test_a():\n    pass'],
    ['no test', 'def helper():\n    f(1)'],
  ])('gives none for %s', (_, source) => {
    expect(seeds(source)).toEqual([]);
  });

  it.each([
    ['from elsewhere', 'def test_a(d):\n    f(d)'],
    ['that is asynchronous', '@pytest.fixture\nasync def d():\n    return 1\ndef test_a(d):\n    f(d)'],
    [
      'with computed parameters',
      '@pytest.fixture(params=all_of())\ndef d(request):\n    return 1\ndef test_a(d):\n    f(d)',
    ],
  ])('leaves a fixture %s to pytest', (_, source) => {
    expect(seeds(source).map(({ host, statements: own }) => [host?.names, own])).toEqual([[['d'], ['f(d)']]]);
  });

  it('reads tabs and CRLF', () => {
    expect(seeds('def test_a():\r\n\tif x:\r\n\t\tf(1)\r\n\tg(2)\r\n')[0]?.statements).toEqual([
      'if x:\r\n\tf(1)',
      'g(2)',
    ]);
  });
});

describe('isSeedOf', () => {
  const seed = (label: string) => ({ file: 'tests/test_a.py', label });

  it.each([
    ['test_c', 'tests/test_a.py::test_c'],
    ['TestB.test_c[1]', 'tests/test_a.py::TestB::test_c[x-[y]]'],
    ['test_c (in part)[0]', 'tests/test_a.py::test_c'],
    ['test_c', 'test_c'],
    ['TestB.test_c', 'test_c (tests.test_a.TestB)'],
  ])('%s is of %s', (label, test) => {
    expect(isSeedOf(seed(label), test)).toBe(true);
  });

  it.each([
    ['test_c', 'tests/test_b.py::test_c'],
    ['test_cd', 'tests/test_a.py::test_c'],
    ['TestB.test_c', 'tests/test_a.py::test_c'],
    ['TestB.test_c', 'test_c (tests.test_a.TestD)'],
    ['test_cd', 'test_c'],
  ])('%s is not of %s', (label, test) => {
    expect(isSeedOf(seed(label), test)).toBe(false);
  });
});

it('runs the set-up that a base class of another module may have', () => {
  const source = [
    'from pkg.testutils import CheckerCase',
    'class TestFix(CheckerCase):',
    '    def test_a(self):',
    '        assert self.checker.run(1) == 2',
    'class TestOwn:',
    '    def test_b(self):',
    '        assert self.f(1) == 2',
  ].join('\n');
  const [foreign, own] = seedsFromTestFile({ file: 'tests/test_a.py', source });
  expect(foreign?.setUp).toEqual([
    'self = TestFix()',
    "if hasattr(self, 'setup_method'):\n    self.setup_method()",
  ]);
  expect(own?.setUp).toEqual(['self = TestOwn()']);
});
