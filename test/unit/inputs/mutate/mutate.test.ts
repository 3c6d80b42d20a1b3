import { describe, expect, it } from 'vitest';
import { inputOfSeed } from '../../../../src/inputs/program/input.js';
import { mutantsOf } from '../../../../src/inputs/mutate/mutate.js';
import { minePool, restrictPool } from '../../../../src/inputs/mutate/pool.js';
import { tablesIn } from '../../../../src/inputs/mutate/public-tables.js';
import { readTargetLiterals } from '../../../../src/inputs/mutate/target-literals.js';
import { Random } from '../../../../src/inputs/program/random.js';
import type { MutationMaterial } from '../../../../src/inputs/mutate/mutation-operator.js';
import type { Input, Seed } from '../../../../src/model/input.js';
import type { Target } from '../../../../src/model/target.js';

const seed: Seed = { id: 's', origin: 'test', label: 't', prelude: '', setUp: [], statements: [] };

const method = (qualname: string, decorators: string[] = []): Target => ({
  id: `m.py::${qualname}`,
  file: 'm.py',
  qualname,
  kind: 'method',
  changedBy: ['gold'],
  definitions: {
    gold: {
      file: 'm.py',
      kind: 'method',
      qualname,
      startLine: 1,
      endLine: 2,
      parameters: [{ name: 'strict', kind: 'positional', defaultText: 'False' }],
      decorators,
      tokens: '',
    },
  },
});

const generator = (qualname: string, tokens: string): Target => {
  const target = method(qualname);
  const { gold } = target.definitions;
  return { ...target, kind: 'function', definitions: gold ? { gold: { ...gold, tokens } } : {} };
};

const NOTHING: MutationMaterial = {
  pool: minePool({ examples: [], constants: [], modules: [] }),
  returns: new Map(),
  targets: [],
  targetLiterals: readTargetLiterals([]),
  turns: new Map(),
  tables: [],
  random: new Random(1),
};

const mutantsFrom = (input: Input, material: Partial<MutationMaterial>) =>
  (['in-domain', 'contrived'] as const).flatMap((domain) => [
    ...mutantsOf(input, { ...NOTHING, random: new Random(1), ...material }, 10_000, domain),
  ]);

const mutantsIn = (
  source: string,
  sources: string[] = [],
  targets: Target[] = [],
  constants: string[] = [],
) =>
  mutantsFrom(inputOfSeed(seed, [], source), {
    pool: minePool({ examples: sources, constants, modules: [] }),
    targets,
    targetLiterals: readTargetLiterals(targets),
  });

const texts = (...args: Parameters<typeof mutantsIn>) => mutantsIn(...args).map((mutant) => mutant.source);

describe('mutantsOf', () => {
  it('moves literals to boundaries and to the constants of the patches', () => {
    const mutants = texts('f(5)', [], [], ['if n > 17:', "key = 'kind'"]);
    expect(mutants).toEqual(expect.arrayContaining(['f(0)', 'f((-1))', 'f((5 + 1))', 'f(17)', 'f(None)']));
    expect(texts("f('a')", [], [], ["x == 'kind'"])).toContain("f('kind')");
  });

  it('lets the literals of an input meet', () => {
    expect(texts("f(17, 23, 'a', 'key')")).toEqual(
      expect.arrayContaining([
        "f(23, 23, 'a', 'key')",
        "f(17, (17 + 1), 'a', 'key')",
        "f(17, 23, 'key', 'key')",
      ]),
    );
  });

  it.each([
    ['made in place', 'pd.Series([1, 2])', ''],
    ['made by a function', 'df', 'def table():\n    return pd.DataFrame({})\ndf = table()'],
  ])(
    'gives a table %s other types of columns, other rows and none, as people have them',
    (_, table, prelude) => {
      const input = inputOfSeed({ ...seed, prelude }, [], `f(${table})`);
      const made = mutantsFrom(input, {}).filter(({ mutations }) => mutations.includes('frame-edit'));
      expect(new Set(made.map(({ source }) => source))).toEqual(
        new Set(
          ['.convert_dtypes()', '.astype(object)', '[::-1]', '.iloc[:0]', '.iloc[[0, 1, 0, 1, 0]]'].map(
            (edit) => `f(${table}${edit})`,
          ),
        ),
      );
      expect(made.every(({ domain }) => domain === 'in-domain')).toBe(true);
    },
  );

  it('takes a kind of value that no other call has in the place of an argument for contrived', () => {
    const mutants = mutantsIn('f(g(), 4)', ['f(g(), 4)', 'f(x, 5)']);
    const domain = (source: string) => mutants.find((mutant) => mutant.source === source)?.domain;
    expect(domain('f(g(), 5)')).toBe('in-domain');
    expect(domain('f(5, 4)')).toBe('contrived');
  });

  it.each(["f('a', 1, 'b', 2, 'c', 3)", "['a', 1, 'b', 2]", 'x + 1 + 2 + 3'])(
    'in %j takes all odd objects for contrived',
    (source) => {
      const odd = mutantsIn(source).filter(({ mutations }) => mutations.includes('odd-object'));
      expect(odd).not.toEqual([]);
      expect(odd.filter(({ domain, outside }) => domain !== 'contrived' || outside === undefined)).toEqual(
        [],
      );
    },
  );

  it('takes values at the ends of a type for contrived, unless an example has them', () => {
    const domainOf = (mutants: readonly Input[], source: string) =>
      mutants.find((mutant) => mutant.source === source)?.domain;
    expect(domainOf(mutantsIn('f(1.5)'), "f(float('inf'))")).toBe('contrived');
    expect(domainOf(mutantsIn('f(1.5)'), 'f(0.5)')).toBe('in-domain');
    expect(domainOf(mutantsIn('f(1.5)', ["g(float('inf'))"]), "f(float('inf'))")).toBe('in-domain');
  });

  it('takes arguments that changed places for contrived, and not those left out at the end or added', () => {
    const mutants = mutantsIn('f(a, b)', ['f(a, b, 3)']);
    const domain = (source: string) => mutants.find((mutant) => mutant.source === source)?.domain;
    expect(domain('f(b, a)')).toBe('contrived');
    expect(domain('f([a], b)')).toBe('contrived');
    expect(domain('f(a)')).toBe('in-domain');
    expect(domain('f(a, b, 3)')).toBe('in-domain');
  });

  it('takes a call left without arguments for contrived, unless an example calls it so', () => {
    const domain = (...examples: string[]) =>
      mutantsIn('g.f(a)', examples).find((mutant) => mutant.source === 'g.f()')?.domain;
    expect(domain('g.f(1)')).toBe('contrived');
    expect(domain('g.f(1)', 'h.f()')).toBe('in-domain');
    expect(domain('f()')).toBe('in-domain');
  });

  it('takes a fraction for contrived where only whole numbers are seen, and not the other way round', () => {
    const domainOf = (mutants: readonly Input[], source: string) =>
      mutants.find((mutant) => mutant.source === source)?.domain;
    expect(domainOf(mutantsIn('f(4)', ['f(4)']), 'f((0.5))')).toBe('contrived');
    expect(domainOf(mutantsIn('f(4)', ['f(4)', 'f(2.5)']), 'f((0.5))')).toBe('in-domain');
    expect(domainOf(mutantsIn('f(1.5)', ['f(1.5)']), 'f(1)')).toBe('in-domain');
  });

  it('puts a mark that only one side looks for after the words of a text, of several lines too', () => {
    const target = generator('search', "def search ( ) : {\n re . compile ( r' x(:| ) ' ) }\n");
    const { gold } = target.definitions;
    const disputed: Target = {
      ...target,
      definitions: {
        ...target.definitions,
        ...(gold ? { candidate: { ...gold, tokens: gold.tokens.replace(':| ', ' | ') } } : {}),
      },
    };
    const made = mutantsIn('f("""a = 1\n# TODO this""")', [], [disputed]);
    expect(made.map(({ source }) => source)).toContain('f("""a = 1\n# TODO: this""")');
  });

  it('gives a call the arguments of others that name what the sides dispute, before all else', () => {
    const target = generator(
      'setup',
      'def setup ( item ) : {\n if item . config . strictly : \n pass \n }\n',
    );
    const { gold } = target.definitions;
    const disputed: Target = {
      ...target,
      definitions: {
        ...target.definitions,
        ...(gold ? { candidate: { ...gold, tokens: gold.tokens.replace('strictly', 'closely') } } : {}),
      },
    };
    const pool = ["run(p, '--strictly')", "run('--verbose')", "run('-x', 'closely')"];
    const given = (source: string) =>
      mutantsIn(source, pool, [disputed])
        .filter(({ mutations: [operator] }) => operator === 'disputed-argument')
        .map((mutant) => mutant.source);
    expect(given('run(p)').sort()).toEqual(["run(p, '--strictly')", "run(p, 'closely')"]);
    expect(given("run('--strictly')")).toEqual(["run('--strictly', 'closely')"]);
    const all = texts('run(p)', pool, [disputed]);
    expect(given('run(p)')).toContain(all[0]);
    expect(given('run(p)')).toContain(all[1]);
    expect(new Set(all).size).toBe(all.length);
  });

  it('changes what stands side by side alike', () => {
    const pool = ['Abs(m)', 'f(2 * x, 3)'];
    expect(texts('m - n', pool)).toEqual(
      expect.arrayContaining(['((m ** (2 * x)) - (n ** (2 * x)))', '((Abs(m)) - (Abs(n)))']),
    );
    expect(texts('f(m, n)', pool)).toContain('f(Abs(m), Abs(n))');
    expect(texts('f([m, n], key=1)', pool)).toContain('f([m ** 3, n ** 3], key=1)');
    expect(texts('f(m, n)', pool).filter((text) => /f\(f\(m\), f\(n\)\)/.test(text))).toEqual([]);
  });

  it('swaps operands and operators', () => {
    expect(texts('f(a - b)')).toEqual(expect.arrayContaining(['f((b - a))', 'f((a + b))', 'f((a))']));
  });

  it('replaces an argument by what other calls of the function were given', () => {
    expect(texts('Kind(x)', ['Kind(Matrix(2, 2))'])).toContain('Kind(Matrix(2, 2))');
  });

  it('reaches a changed property and a changed method from any value', () => {
    expect(texts('g(x)', [], [method('Thing.kind', ['property'])])).toContain('g(x.kind)');
    expect(texts('g(x)', [], [method('Thing.shrink')])).toContain('g(x.shrink())');
  });

  it('adds keyword arguments of the changed function', () => {
    expect(texts('x.shrink()', [], [method('Thing.shrink')])).toContain('x.shrink(strict=True)');
  });

  it('changes the number, order and nesting of arguments', () => {
    expect(texts('f(a, b)')).toEqual(
      expect.arrayContaining(['f(b, a)', 'f(b)', 'f(a)', 'f([a], b)', 'f(f(a, b), b)']),
    );
  });

  it('changes all calls of a container alike', () => {
    const mutants = texts('S([I(1, 2, "[)"), I(2, 3, "[)")])', ['I(4, 5, "()")', 'I(0, 1, "[)", 7)']);
    expect(mutants).toEqual(
      expect.arrayContaining([
        'S([I(1, 2, "()"), I(2, 3, "()")])',
        'S([I(1, 2, "[)", 7), I(2, 3, "[)", 7)])',
      ]),
    );
  });

  it('edits inside a text with what the patches look for', () => {
    const mutants = texts("glob('a*b')", [], [], ["if c == '?':"]);
    expect(mutants).toEqual(
      expect.arrayContaining(["glob('a*')", "glob('aa*b')", "glob('*ab')", "glob('a*b?')"]),
    );
    expect(mutants).toContain(`glob('${'a*b'.repeat(24)}')`);
  });

  it('puts what the patches look for where a word begins, also in lines that are spelled out', () => {
    const mutants = texts(String.raw`parse("index: word\n")`, [], [], ["'_'"]);
    expect(mutants).toContain(String.raw`parse("index: _word\n")`);
    expect(mutants.filter((text) => text.startsWith('parse("') && /\\(?!n)/.test(text))).toEqual([]);
  });

  it('puts first what only one of the patches spells out', () => {
    const both = generator('group', 'def group ( key ) : {\n if key == "?" : \n return 7 \n }\n');
    const { gold } = both.definitions;
    if (!gold) throw new Error('no definition');
    const tokens =
      'def group ( key ) : {\n if key == "?" : \n return 41 if key [ 0 : 1 ] == "://" else x1 \n }\n';
    const target = { ...both, definitions: { gold, candidate: { ...gold, tokens } } };
    const { disputed, characters } = readTargetLiterals([target]);
    expect(disputed).toEqual(['7', '41', '0', '1', '"://"']);
    expect(characters).toEqual(['?']);
    const mutants = texts('group("index", 3)', [], [target]);
    expect(mutants).toEqual(
      expect.arrayContaining(['group("://index", 3)', 'group("index", 41)', 'group("://", 3)']),
    );
  });

  it('tells texts with escapes from what stands between them', () => {
    const both = generator(
      'names',
      'def names ( text ) : {\n return split ( r" \\{\\w+\\} " , "-" , \' say "no" \' , text ) \n }\n',
    );
    const { gold } = both.definitions;
    if (!gold) throw new Error('no definition');
    const candidate = { ...gold, tokens: 'def names ( text ) : {\n return text \n }\n' };
    const { disputed, disputedMarks, disputedNames } = readTargetLiterals([
      { ...both, definitions: { gold, candidate } },
    ]);
    expect(disputed).toEqual(['"-"']);
    expect([...disputedMarks].sort()).toEqual(['+', '-', '{', '}']);
    expect([...disputedNames]).toEqual(['return', 'split', 'text']);
  });

  it('doubles the braces of a text where the patches dispute what braces are', () => {
    const both = generator(
      'names',
      'def names ( text ) : {\n return re . findall ( "[{](.+?)}" , text ) \n }\n',
    );
    const { gold } = both.definitions;
    if (!gold) throw new Error('no definition');
    const tokens = 'def names ( text ) : {\n return [ name for name in parse ( text , "b" ) ] \n }\n';
    const target = { ...both, definitions: { gold, candidate: { ...gold, tokens } } };
    const aimed = (source: string) =>
      mutantsIn(source, [], [target])
        .filter(({ mutations }) => mutations.includes('disputed-escape'))
        .map((mutant) => mutant.source);
    expect(aimed('names("a {b} %s")')).toContain('names("a {{b}} %s")');
    expect(aimed('names("a {b} %s")')).not.toContain('names("a {b} %%s")');
    expect(aimed('names("a %s")')).not.toContain('names("a %%s")');
    const setUp = [...Array.from({ length: 20 }, (_, n) => `x${n} = f(${n})`), 'text = "{b}"'];
    const [first] = mutantsFrom(inputOfSeed(seed, setUp, 'names(text)'), {
      targets: [target],
      targetLiterals: readTargetLiterals([target]),
    });
    expect(first?.prefix).toEqual([...setUp.slice(0, -1), 'text = "{{b}}"']);
  });

  it('takes words out of a text, and braces', () => {
    const mutants = mutantsIn('expand("{a,b}.py")').flatMap(({ mutations, source }) =>
      mutations.includes('text-edit') ? [source] : [],
    );
    // One character less is what the other edits do.
    const cut = mutants.filter((text) => text.length <= 'expand("{a,b}.py")'.length - 2);
    expect(cut).not.toEqual([]);
  });

  it('indents a text, which some readers of texts allow and others do not', () => {
    expect(texts("read('a > b')")).toContain("read(' a > b')");
  });

  it('escapes what small languages escape by doubling', () => {
    expect(texts(`f('{path}:"{name}"')`)).toContain(`f('{{path}}:"{{name}}"')`);
    expect(texts("f('%d of $x')")).toEqual(expect.arrayContaining(["f('%%d of $x')", "f('%d of $$x')"]));
  });

  describe('changes code in texts', () => {
    const inText = (source: string) =>
      mutantsIn(source).flatMap(({ mutations, source: mutant }) =>
        mutations.includes('code-in-text') ? [mutant] : [],
      );

    it('as an expression', () => {
      const mutants = inText('f("a*5")');
      for (const mutant of mutants) expect(mutant).toMatch(/^f\("[^"]+"\)$/);
      expect(mutants.filter((mutant) => mutant.includes('a') && !mutant.includes('5'))).not.toEqual([]);
    });

    it('as indented statements, which keep their indentation', () => {
      const lines = [
        '',
        '    import os',
        '    def test_a():',
        '        assert os.sep == "/"',
        '    x = 1',
        '',
      ];
      const mutants = inText(`run("""${lines.join('\n')}""")`);
      const without = ['', '    def test_a():', '        assert os.sep == "/"', '    x = 1', ''];
      expect(mutants).toContain(`run("""${without.join('\n')}""")`);
      for (const mutant of mutants) expect(mutant).toMatch(/^run\("""\n {4}[^]*"""\)$/);
    });

    it.each([
      "f('hello, world')",
      "f('name')",
      "f('a.b')",
      "f('{path}:{line}')",
      "f('a\\n(1)')",
      "f(b'a*5')",
    ])('not of %s', (source) => {
      expect(inText(source)).toEqual([]);
    });
  });

  it('lets two texts of a call grow', () => {
    expect(texts("match('*.py', 'a.py', 1)")).toEqual(
      expect.arrayContaining([
        "match('*.py' * 12 + '!', 'a.py' * 36, 1)",
        "match('*.py' * 36, 'a.py' * 12 + '!', 1)",
      ]),
    );
    expect(texts("match('*.py')").join()).not.toContain('* 12');
  });

  it('leaves texts alone whose content is not what they read', () => {
    expect(texts("f('a\\n')").filter((text) => text.includes('nn'))).toEqual([]);
  });

  it('adds in place what was added', () => {
    expect(texts('a * f(b)')).toContain('before = after = a\nafter *= f(b)\n(before, after)');
    expect(texts('g(a + b)').join()).not.toContain('before');
  });

  it("gives objects of the user's classes, with their definition", () => {
    const mutants = texts("a * 2 + f('x', [1], {})");
    expect(mutants.some((text) => /^class (\w+)[^]*\n.*\b\1\(/.test(text))).toBe(true);
    const own = texts('f([1], [2], [3], [4], [5], [6])').filter((text) => text.includes('Items('));
    expect(own[0]).toMatch(/^class Items\(list\):\n {4}pass\nf\(.*Items\(\[\d\]\)/);
  });

  it('calls twice, and asks what was called by methods seen elsewhere', () => {
    const mutants = texts('total([1])', ['total.info()']);
    expect(mutants).toEqual(expect.arrayContaining(['total([1])\ntotal([1])', 'total([1])\ntotal.info()']));
    expect(texts('x = total([1])', ['total.info()']).join()).not.toContain('\ntotal');
    expect(texts('total([1])', ['self.setUp()']).join()).not.toMatch(/[)l]\.setUp/);
  });

  it('enters a context inside one of the same kind', () => {
    expect(texts('manager_1 = s.muted()\nmanager_1.__enter__()\ns.send()')).toContain(
      'manager_1 = s.muted()\nmanager_1.__enter__()\nwith s.muted():\n    pass\ns.send()',
    );
    expect(texts('with s.muted() as m:\n    s.send()')).toContain(
      'with s.muted() as m:\n    with s.muted() as m:\n        pass\n    s.send()',
    );
  });

  it('closes a changed generator after its first item', () => {
    const target = generator('lines', 'async def lines ( reader ) : yield 1');
    const mutants = texts('run(collect(reader))', [], [target]);
    expect(
      mutants.some((text) => /^def first_of_async[^]*\nfirst_of_async\(lines\(reader\)\)$/.test(text)),
    ).toBe(true);
    expect(texts('pairs(x)', [], [generator('pairs', 'def pairs ( x ) : yield x')]).join('\0')).toContain(
      '\nfirst_of(pairs(x))',
    );
    expect(texts('pairs(x)', [], [generator('pairs', 'def pairs ( x ) : return x')]).join()).not.toContain(
      'first_of',
    );
  });

  it('gives odd objects as results of functions of its own', () => {
    const mutants = mutantsIn('def f(x):\n    return len(x)');
    for (const result of ['Incomparable()', 'Agreeable()', 'None']) {
      const mutant = mutants.find(({ source }) => source.endsWith(`def f(x):\n    return ${result}`));
      expect(mutant?.domain, result).toBe('contrived');
    }
  });

  it.each([
    ['a * f(b)', '__rmul__', 'a * ReflectsRmul()'],
    ['a < b', '__gt__', 'a < ReflectsGt()'],
  ])('in %j gives a right operand that answers, and is fit to run', (source, method, expected) => {
    const mutant = mutantsIn(source).find((one) => one.source.endsWith(`\n${expected}`));
    expect(mutant?.source).toMatch(new RegExp(`^class (\\w+):\\n    def ${method}\\(self, other\\):`));
    expect(mutant?.domain).toBe('contrived');
  });

  it('has no operand that answers where there is no operator for it', () => {
    expect(texts('f(a in b, a < b < c, a is b)').join()).not.toContain('Reflects');
  });

  it('asks after a call for what it was given', () => {
    const mutants = texts("box.merge(defaults, {'a': 1})");
    const after = (name: string) => `box.merge(defaults, {'a': 1})\n${name}`;
    expect(mutants).toEqual(expect.arrayContaining([after('defaults'), after('box')]));
    expect(texts('x = f(y)').join('\0')).not.toMatch(/\ny(\0|$)/);
  });

  it('looks at objects whose comparison changed as sets and dicts do', () => {
    const changed = texts('f(Thing(1))', [], [method('Thing.__eq__')]);
    expect(changed).toEqual(
      expect.arrayContaining([
        'f(isinstance(hash(Thing(1)), int))',
        'f({Thing(1): 1})',
        'f(Thing(1) in [Thing(1)])',
      ]),
    );
  });

  it('edits the public tables beside the targets and takes literals from them', () => {
    const tables = tablesIn('NAMES = {"a": {"g": 1}}\n_HIDDEN = {"b": 2}\nSEEN = [1, 2]\n', 'pkg.names');
    const mutants = mutantsFrom(inputOfSeed(seed, [], 'f("q", 7)'), {
      tables,
    }).map(({ source }) => source);
    expect(tables.map(({ name }) => name)).toEqual(['NAMES', 'SEEN']);
    expect(mutants).toEqual(expect.arrayContaining(['f("g", 7)', 'f("a", 7)', 'f("q", 2)']));
    expect(mutants.join('\0')).toMatch(
      /from pkg\.names import NAMES\n(del NAMES\["a"\]|NAMES\['q'\] = \{"g": 1\}|NAMES\["a"\] = )/,
    );
  });

  it('looks at objects from outside where the body of a class changed', () => {
    const classTarget: Target = { ...method('Thing'), kind: 'class' };
    const things = Array.from({ length: 9 }, (_, index) => `Thing(${index})`).join(', ');
    const mutants = texts(`f(${things})`, [], [classTarget]);
    expect(
      mutants.some((text) => /^import weakref\nf\(.*weakref\.ref\(Thing\(\d\)\)\(\) is None/.test(text)),
    ).toBe(true);
    expect(texts('f(Thing(1))', [], [method('Thing.kind')]).join()).not.toContain('weakref');
  });

  it('changes the set-up of an input too', () => {
    const input = inputOfSeed(seed, ['clock.advance(12)'], 'len(cache)');
    const mutants = mutantsFrom(input, {});
    const changed = mutants.map(({ prefix }) => prefix[0]).filter((text) => text !== 'clock.advance(12)');
    expect(changed.some((text) => /^clock\.advance\(\D?\d/.test(text ?? ''))).toBe(true);
  });

  it('leaves imports alone', () => {
    expect(
      texts('from a import f\nfrom b import g\nf(1)', ['f(2)']).every((text) =>
        text.includes('from a import f\nfrom b import g\n'),
      ),
    ).toBe(true);
  });

  it('says when an argument visibly became of another type', () => {
    const mutants = mutantsIn("f('a', 1)", ["f('b', 2)"]);
    const domain = (source: string) => mutants.find((mutant) => mutant.source === source)?.domain;
    expect(domain("f('', 1)")).toBe('in-domain');
    expect(domain("f('a', None)")).toBe('contrived');
  });

  it('reads of a result what tests and the changed modules read of values, and no other part of it', () => {
    const pool = minePool({
      examples: ['assert f(1).args == ()', 'np.nan'],
      constants: [],
      modules: ['import os\nos.name\nself.size\nself.args\nself._hidden\nself.kept = S.One\nx.call()\n'],
    });
    expect(pool.attributes).toEqual(['args', 'nan', 'size']);
    const mutants = mutantsFrom(inputOfSeed(seed, [], 'f(g(2))'), {
      pool,
    });
    const texts = mutants.map(({ source }) => source);
    expect(texts).toEqual(expect.arrayContaining(['f(g(2)).args', 'f(g(2)).size']));
    expect(texts).not.toContain('f(g(2).args)');
  });

  it('changes containers', () => {
    expect(texts('f([1, 2])')).toEqual(expect.arrayContaining(['f([])', 'f([2, 1])', 'f(tuple([1, 2]))']));
  });

  it('exchanges the lines of documents, drops them and gives them twice', () => {
    const source = 'f("""\n    Parameters\n    x : int\n""")';
    const example = 'g("""\n  Parameters\n  y, z : int\n  """)';
    const made = texts(source, [example]);
    expect(made).toEqual(
      expect.arrayContaining([
        'f("""\n    Parameters\n    y, z : int\n""")',
        'f("""\n    Parameters\n    x : int\n    y, z : int\n""")',
        'f("""\n    Parameters\n""")',
        'f("""\n    Parameters\n    x : int\n    x : int\n""")',
      ]),
    );
  });

  it('gives operators the turns they have', () => {
    const input = inputOfSeed(seed, [], 'f(5, [1, 2])');
    const first = (turns: Map<string, number>) =>
      mutantsFrom(input, { turns })
        .slice(0, 12)
        .filter(({ mutations: [operator] }) => operator === 'container').length;
    expect(first(new Map())).toBeLessThan(4);
    expect(first(new Map([['container', 4]]))).toBeGreaterThanOrEqual(4);
  });

  it('names the operator, keeps the origin, and never repeats a text', () => {
    const mutants = mutantsIn('f(1, [2, 3])', ['f(g(2))']);
    expect(new Set(mutants.map(({ source }) => source)).size).toBe(mutants.length);
    expect(
      mutants.every(({ mutations, generator }) => mutations.length === 1 && generator === 'mutation'),
    ).toBe(true);
    expect(mutants.every(({ seedOrigin }) => seedOrigin === 'test')).toBe(true);
  });

  it('is a function of the seed', () => {
    const sources = ['f(g(2), h(3), k(4))', 'f(u, v, w)'];
    expect(texts('f(x)', sources)).toEqual(texts('f(x)', sources));
  });
});

describe('restrictPool', () => {
  it('keeps only fragments whose names are bound, builtins among them', () => {
    const pool = restrictPool(
      minePool({ examples: ['f(known(1), other(2), len(known))'], constants: [], modules: [] }),
      new Set(['known']),
    );
    expect(pool.fragments.map(({ text }) => text).sort()).toEqual([
      '1',
      '2',
      'known',
      'known(1)',
      'len(known)',
    ]);
  });
});
