import type { HostTest } from '../model/input.js';
import { indented } from './indented.js';

/** Where a differentiating test has to stand, so that it has what its input was given. */
export interface TestPlace {
  /** Says what it needs beside itself. */
  readonly comment: readonly string[];
  readonly imports: readonly string[];
  /** Decorators. */
  readonly marks: readonly string[];
  readonly parameters: readonly string[];
  /** The lines of the file's end, made of those of the test function. */
  readonly around: (test: readonly string[]) => readonly string[];
}

/** A function of the module, a function that requests the fixtures of its host, or a method of the host's class. */
export function placeOf(host: HostTest | undefined, used: ReadonlySet<string>): TestPlace {
  if (host?.module !== undefined) return classOf(host, host.module);
  const parameters = host?.names.filter((name) => used.has(name)) ?? [];
  const needed = host && parameters.length > 0;
  const marks = needed ? host.marks : [];
  return {
    comment: needed ? [`needs the fixtures of ${host.test}: run it in the same folder`] : [],
    imports: marks.length > 0 ? ['import pytest'] : [],
    marks,
    parameters,
    around: (test) => test,
  };
}

function classOf({ test, runner, names, marks }: HostTest, module: string): TestPlace {
  const [file = '', testClass = ''] = test.split('::');
  const base = `${module}.${testClass}`;
  const how = runner === 'django' ? "the project's own runner" : 'pytest or unittest';
  return {
    comment: [
      `has the set-up of ${testClass} in ${file}: put it into the same folder and run it with ${how}`,
    ],
    imports: [`import ${module}`],
    marks,
    parameters: names,
    around: (method) => [
      `class TestPatchdiff(${base}):`,
      ...method.map(indented),
      '',
      '',
      '# The tests that the class inherits are run where they are.',
      `for name in dir(${base}):`,
      "    if name.startswith('test'):",
      '        setattr(TestPatchdiff, name, None)',
    ],
  };
}
