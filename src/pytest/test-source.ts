import { boundNames, freeNames } from '../python/names.js';
import { parsePython } from '../python/python-parser.js';
import { partsOf } from '../python/syntax.js';
import type { Difference } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import { renderObservation } from '../compare/render.js';
import { indented } from './indented.js';
import { placeOf } from './test-place.js';
import { testVariants, type VariantNames, type RunMode, type TestVariant } from './test-variants.js';

/** Everything that is needed to write a differentiating test. */
export interface TestMaterial {
  /** Letters, digits, `-` and `_`; names the test function. */
  readonly id: string;
  readonly input: Input;
  readonly gold: Observation;
  readonly candidate: Observation;
  readonly differences: readonly Difference[];
  /** Comment lines on the origin of the test: instance, class, grade, how to replay it. */
  readonly comment: readonly string[];
}

/** Tests written for one divergence, at most, since each costs a run on both sides. */
const MOST_TEXTS = 12;

/**
 * Seeds of `random` under which a test is repeated, for a candidate that is wrong when it draws certain numbers: so many that
 * no gold that draws as well gives the same answer under all of them.
 */
const RANDOM_SEEDS = 20;

/**
 * Complete pytest files that should pass on gold and fail on the candidate, the best first. The caller runs them on both
 * sides; the first that does so is the differentiating test. The last one repeats the best under several seeds of `random`.
 */
export function renderTests(material: TestMaterial): string[] {
  const { input, gold, candidate } = material;
  // A test for the last digits of a number would fail by the order of a sum.
  const differences = material.differences.filter(({ aspect }) => aspect !== 'rounding');
  if (differences.length === 0 && material.differences.length > 0) return [];
  const names = freshNames([input.prelude, ...input.prefix, input.source].join('\n'));
  const variants = testVariants(differences, gold, candidate, names);
  const texts = variants.map((variant) => fileText(material, variant, names));
  const [best] = variants;
  const repeated = best ? [fileText(material, best, names, true)] : [];
  return [...new Set(texts)].slice(0, MOST_TEXTS).concat(repeated);
}

/** Names for the test's own variables that the input does not use. */
function freshNames(code: string): VariantNames {
  const fresh = (name: string) => freshName(name, code);
  return { result: fresh('result'), caught: fresh('caught'), printed: fresh('printed') };
}

const freshName = (name: string, code: string): string =>
  new RegExp(`\\b${name}\\b`).test(code) ? freshName(`${name}_`, code) : name;

const IMPORTS: Readonly<Record<RunMode, readonly string[]>> = {
  value: [],
  items: ['import itertools'],
  'failing-items': ['import itertools'],
  exception: [],
  stdout: ['import contextlib', 'import io'],
  stderr: ['import contextlib', 'import io'],
  warnings: ['import warnings'],
  effect: [],
  time: ['import signal'],
};

/** After this time, a test fails because the input does not end. */
const SECONDS_TO_END = 10;

/** The text of a test; `seeded`: one that runs the input under several seeds of `random`, the same every time. */
function fileText(material: TestMaterial, variant: TestVariant, names: VariantNames, seeded = false): string {
  const { id, input, comment, gold, candidate } = material;
  const prelude = statementTexts(input.prelude);
  const isFuture = (statement: string) => statement.startsWith('from __future__');
  const body = [...input.prefix, ...statementTexts(input.source)];
  const place = placeOf(input.host, freeNames([...body, ...variant.asserts].join('\n')));
  const header = [
    ...comment,
    ...place.comment,
    `gold:      ${renderObservation(gold)}`,
    `candidate: ${renderObservation(candidate)}`,
  ];
  const top = [
    ...prelude.filter(isFuture),
    ...IMPORTS[variant.mode],
    ...(seeded ? ['import random'] : []),
    ...place.imports,
    ...prelude.filter((statement) => !isFuture(statement)),
    ...body.filter(isStarImport),
  ];
  const run = [
    ...input.prefix.filter((statement) => !isStarImport(statement)),
    ...runLines(input, variant, names, gold.outcome.kind === 'raised'),
    ...variant.asserts,
  ];
  const seed = freshName('seed', [...body, ...run].join('\n'));
  const lines = [
    ...globalDeclaration(body, place.parameters),
    ...(seeded ? block(`for ${seed} in range(${RANDOM_SEEDS}):`, [`random.seed(${seed})`, ...run]) : run),
  ];
  return [
    ...header.map((line) => `# ${line.replace(/\s*\n\s*/g, ' ')}`.trimEnd()),
    ...top,
    '',
    '',
    ...place.around([
      ...place.marks,
      `def test_patchdiff_${id.replace(/\W/g, '_')}(${place.parameters.join(', ')}):`,
      ...lines.map((statement) => indented(statement)),
    ]),
    '',
  ].join('\n');
}

const isStarImport = (statement: string): boolean => /^from\s+\S+\s+import\s+\*/.test(statement);

/** A `global` statement for names that the body reads from the module before it binds them itself. */
function globalDeclaration(body: readonly string[], parameters: readonly string[]): string[] {
  const code = body.join('\n');
  const bound = boundNames(code);
  const both = [...freeNames(code)].filter((name) => bound.has(name) && !parameters.includes(name));
  return both.length === 0 ? [] : [`global ${both.join(', ')}`];
}

/** The statements that run the input in the variant's mode. */
function runLines({ source }: Input, variant: TestVariant, names: VariantNames, raises: boolean): string[] {
  const statements = statementTexts(source).filter((statement) => !isStarImport(statement));
  const last = partsOf(parsePython(source)).at(-1);
  const expression = last?.type === 'expression_statement' && !partsOf(last)[0]?.type.endsWith('assignment');
  const lead = expression ? statements.slice(0, -1) : statements;
  const value = statements.at(-1) ?? '';
  const tolerant = raises ? block('try:', statements, 'except Exception:', ['pass']) : statements;
  switch (variant.mode) {
    case 'value':
      return expression ? [...lead, `${names.result} = ${value}`] : [...lead, `${names.result} = None`];
    case 'items':
      return [...lead, `${names.result} = list(itertools.islice(${value}, ${variant.items ?? 0}))`];
    case 'failing-items':
      return [
        ...lead,
        ...block(
          `${names.result}, ${names.caught} = [], None\ntry:`,
          [`${names.result}.extend(itertools.islice(${value}, ${variant.items ?? 0}))`],
          `except Exception as error:`,
          [`${names.caught} = error`],
        ),
      ];
    case 'exception':
      return block(`${names.caught} = None\ntry:`, statements, `except Exception as error:`, [
        `${names.caught} = error`,
      ]);
    case 'stdout':
    case 'stderr':
      return block(`with contextlib.redirect_${variant.mode}(io.StringIO()) as ${names.printed}:`, tolerant);
    case 'warnings':
      return block(`with warnings.catch_warnings(record=True) as ${names.caught}:`, [
        `warnings.simplefilter('always')`,
        ...tolerant,
      ]);
    case 'effect':
      return tolerant;
    case 'time':
      return [
        ...block(`def ${names.caught}(*_):`, [`raise TimeoutError('no end within ${SECONDS_TO_END} s')`]),
        `signal.signal(signal.SIGALRM, ${names.caught})`,
        `signal.alarm(${SECONDS_TO_END})`,
        ...tolerant,
        'signal.alarm(0)',
      ];
  }
}

/** A compound statement as one text: a header with its indented body, and an optional second clause. */
function block(
  header: string,
  body: readonly string[],
  clause?: string,
  clauseBody: readonly string[] = [],
): string[] {
  const second = clause === undefined ? [] : [clause, ...clauseBody.map(indented)];
  return [[header, ...body.map(indented), ...second].join('\n')];
}

const statementTexts = (code: string): string[] => partsOf(parsePython(code)).map(({ text }) => text);
