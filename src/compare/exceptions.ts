import type { ExceptionFacts } from '../model/observation.js';

/** Exceptions that no code raises to tell its caller something: they are always bugs. */
const NEVER_INTENDED = new Set([
  'NameError',
  'UnboundLocalError',
  'RecursionError',
  'AssertionError',
  'SystemError',
]);

/** Intended when a `raise` statement raises them, as in a validation, and not when the interpreter does. */
const INTENDED_WHEN_RAISED = new Set([
  'AttributeError',
  'TypeError',
  'IndexError',
  'KeyError',
  'ZeroDivisionError',
]);

/** Files that hold tests, or help them. */
const OF_TESTS = /(^|[/_])(tests?|testing|testutils|conftest)([/_.]|$)/i;

/**
 * Whether an exception is a failed assertion of a test, and not of the code under test: it tells what the test saw, and its
 * message is how test helpers show it.
 */
export const isFailedTest = ({ type, at }: ExceptionFacts): boolean =>
  type === 'builtins.AssertionError' && (at?.file === undefined || OF_TESTS.test(at.file));

/** Whether an exception is a bug of the code under test and not an intended result. */
export function isUnintended({ type, at }: ExceptionFacts): boolean {
  const name = type.replace(/^builtins\./, '');
  if (NEVER_INTENDED.has(name)) return true;
  const byInterpreter = at?.explicit !== true;
  return byInterpreter && (INTENDED_WHEN_RAISED.has(name) || at?.file !== undefined);
}

/** Whether an exception means that the input used a name that the tree does not have. */
export function isMissingInterface(
  { type, message, at }: ExceptionFacts,
  introduced: ReadonlySet<string>,
): boolean {
  if (
    at?.file !== undefined ||
    !/^builtins\.(\w*Import|ModuleNotFound|Attribute|Name|Type)Error$/.test(type)
  ) {
    return false;
  }
  return [...message.matchAll(/'([^']*)'/g)].some(([, name]) => introduced.has(name ?? ''));
}
