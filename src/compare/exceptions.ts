import type { ExceptionFacts } from '../model/observation.js';

/** Nobody raises these to answer a caller: code that does has lost its way. */
const NEVER_MEANT = new Set([
  'NameError',
  'UnboundLocalError',
  'RecursionError',
  'AssertionError',
  'SystemError',
]);

/** Meant when raised by a `raise` statement (a validation), not when the interpreter raises them. */
const MEANT_WHEN_RAISED = new Set([
  'AttributeError',
  'TypeError',
  'IndexError',
  'KeyError',
  'ZeroDivisionError',
]);

/** Whether an exception is an accident of the code rather than its answer. */
export function isUnintended({ type, at }: ExceptionFacts): boolean {
  const name = type.replace(/^builtins\./, '');
  if (NEVER_MEANT.has(name)) return true;
  const byInterpreter = at?.explicit !== true;
  return byInterpreter && (MEANT_WHEN_RAISED.has(name) || at?.file !== undefined);
}

/** Whether an exception says that the input asked for something the tree does not offer. */
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
