import { randomInt } from 'node:crypto';
import path from 'node:path';
import type { PlantedFile } from '../../../observe/probe/test-run.js';
import { newNames } from './names.js';

/** A test whose answer is known: it must fail, or it must pass. */
export interface Canary {
  readonly name: string;
  /** What it is, for a reader; the same in every session. */
  readonly kind: string;
  readonly mustPass: boolean;
}

/** A test file of canaries, under names that no patch can know. */
export interface CanaryFile extends PlantedFile {
  readonly canaries: readonly Canary[];
}

interface Draft {
  readonly kind: string;
  readonly mustPass: boolean;
  /** Source of the test of that name, with what it needs before it. */
  readonly source: (name: string) => string;
  /** Where it stands: in the module, in its class of unittest, or in the part that needs pytest. */
  readonly place: 'module' | 'class' | 'pytest';
}

/**
 * Makes a file of canaries, to be run beside a test file of the project. Those that must fail and those that must pass
 * look alike: only who carries them out knows which is which.
 * @param beside POSIX path of that test file
 */
export function canaryFile(beside: string): CanaryFile {
  const next = newNames();
  const drafts = shuffled(DRAFTS.flatMap((draft) => draft(next)));
  const made = drafts.map((draft) => ({ ...draft, name: `test_${next()}` }));
  const textOf = (place: Draft['place']) =>
    made.filter((draft) => draft.place === place).map(({ source, name }) => source(name));
  const text = [
    HEAD,
    ...textOf('module'),
    `class ${className(next())}(Case):\n${indented(textOf('class').join('\n'))}`,
    `if pytest is not None:\n${indented(textOf('pytest').join('\n'))}`,
  ].join('\n\n');
  return {
    file: path.posix.join(path.posix.dirname(beside), `test_${next()}.py`),
    text,
    names: made.map(({ name }) => name),
    canaries: made.map(({ name, kind, mustPass }) => ({ name, kind, mustPass })),
  };
}

const HEAD = `import subprocess
import sys
from unittest import TestCase as Case

try:
    import pytest
except ImportError:
    pytest = None
`;

/** Each kind once as it must pass and once as it must fail. */
const both = (
  kind: string,
  place: Draft['place'],
  source: (name: string, right: boolean, next: () => string) => string,
): ((next: () => string) => Draft[]) => {
  return (next) =>
    [true, false].map((right) => ({
      kind,
      place,
      mustPass: right,
      source: (name) => source(name, right, next),
    }));
};

const DRAFTS: readonly ((next: () => string) => Draft[])[] = [
  both('a comparison of numbers', 'module', (name, right) => {
    const { left, result } = product(right);
    return `def ${name}():\n    total = ${left}\n    assert total == ${result}\n`;
  }),
  both('a comparison of containers', 'module', (name, right) => {
    const [first, second] = [randomInt(100, 999), randomInt(100, 999)];
    const other = right ? second : second + randomInt(1, 9);
    return (
      `def ${name}():\n    value = {"items": [${first}, ${second}], "text": "w" * ${first}}\n` +
      `    assert value == {"items": [${first}, ${other}], "text": "w" * ${first}}\n`
    );
  }),
  both('an exception', 'module', (name, right) => {
    const at = randomInt(1, 4) + (right ? 0 : 4);
    return `def ${name}():\n    values = ["a", "b", "c", "d"]\n    assert values[${at}] in values\n`;
  }),
  both('a comparison by unittest', 'class', (name, right) => {
    const { left, result } = product(right);
    return `def ${name}(self):\n    self.assertEqual(${left}, ${result})\n`;
  }),
  both('a truth by unittest', 'class', (name, right) => {
    const { left, result } = product(right);
    return `def ${name}(self):\n    total = ${left}\n    self.assertTrue(total == ${result})\n`;
  }),
  both('an exception that unittest waits for', 'class', (name, right) => {
    const key = right ? 'b' : 'a';
    return `def ${name}(self):\n    with self.assertRaises(KeyError):\n        {"a": ${randomInt(9)}}["${key}"]\n`;
  }),
  both('a fixture', 'pytest', (name, right, next) => {
    const { left, result } = product(right);
    const fixture = next();
    return (
      `@pytest.fixture\ndef ${fixture}():\n    total = ${left}\n    assert total == ${result}\n    return total\n\n` +
      `def ${name}(${fixture}):\n    assert ${fixture} == ${left}\n`
    );
  }),
  both('an exception that pytest waits for', 'pytest', (name, right) => {
    const text = right ? 'x' : '';
    return `def ${name}():\n    with pytest.raises(ValueError):\n        int("${randomInt(9)}${text}")\n`;
  }),
  // Another interpreter takes its time: one is enough.
  () => [
    {
      kind: 'an assertion in another process',
      mustPass: false,
      place: 'module',
      source: (name) => {
        const { left, result } = product(false);
        return `def ${name}():\n    subprocess.check_call([sys.executable, "-c", "assert ${left} == ${result}"], stderr=subprocess.DEVNULL)\n`;
      },
    },
  ],
];

/** A product, and what it is, or what it is not. */
function product(right: boolean): { left: string; result: number } {
  const [one, other] = [randomInt(11, 99), randomInt(11, 99)];
  return { left: `${one} * ${other}`, result: one * other + (right ? 0 : randomInt(1, 9)) };
}

const className = (name: string): string =>
  `Test${name.replace(/(?:^|_)(\w)/g, (_, first: string) => first.toUpperCase())}`;

const indented = (text: string): string => text.replace(/^(?=.)/gm, '    ');

function shuffled<T>(items: readonly T[]): T[] {
  const order = [...items];
  for (let at = order.length - 1; at > 0; at--) {
    const other = randomInt(at + 1);
    [order[at], order[other]] = [order[other] as T, order[at] as T];
  }
  return order;
}
