import type { SyntaxNode } from '../../python/python-parser.js';
import type { Target } from '../../model/target.js';
import { expectsException } from '../program/blocks.js';
import { argumentsOf, calleeName } from './edit.js';
import type { MutationContext } from './mutation-operator.js';

/** Queries added to one input, at most. */
const MOST_QUERIES = 4;

/** Whether a node is the last statement of an input, whose value is observed. */
const isObserved = (node: SyntaxNode): boolean =>
  node.type === 'expression_statement' &&
  node.parent?.type === 'module' &&
  node.firstNamedChild?.type !== 'assignment' &&
  node.firstNamedChild?.type !== 'augmented_assignment' &&
  node.parent.namedChildren.at(-1)?.id === node.id;

/** Runs the observed statement twice: what the first call leaves behind may change the result of the second. */
export function repeatCall(node: SyntaxNode): readonly string[] {
  return isObserved(node) && node.descendantsOfType('call').length > 0 ? [`${node.text}\n${node.text}`] : [];
}

/** After a call, observes a method of the called object instead, such as one that tells a count or a size. */
export function queryAfter(node: SyntaxNode, { pool, random }: MutationContext): readonly string[] {
  if (!isObserved(node)) return [];
  const asked = new Set(
    node.descendantsOfType('call').flatMap((call) => {
      const callee = call.childForFieldName('function');
      const owner = callee?.type === 'attribute' ? callee.childForFieldName('object') : undefined;
      return [callee, owner].flatMap((part) => (part && /^[\w.]+$/.test(part.text) ? [part.text] : []));
    }),
  );
  const queries = [...asked].flatMap((object) => pool.methods.map((method) => `${object}.${method}()`));
  return random.sample(queries, MOST_QUERIES).map((query) => `${node.text}\n${query}`);
}

/** After a call, observes an argument or the receiver instead of the result, so that a change to it shows. */
export function observeArgumentAfter(node: SyntaxNode, { random }: MutationContext): readonly string[] {
  if (!isObserved(node)) return [];
  const given = node.descendantsOfType('call').flatMap((call) => {
    const callee = call.childForFieldName('function');
    const owner = callee?.type === 'attribute' ? callee.childForFieldName('object') : null;
    return [owner, ...argumentsOf(call)].filter((part) => part?.type === 'identifier');
  });
  const names = [...new Set(given.flatMap((part) => part?.text ?? []))].filter((name) => name !== 'self');
  return random.sample(names, MOST_QUERIES).map((name) => `${node.text}\n${name}`);
}

/** Inside a context manager, enters and leaves another one made by the same expression. */
export function reenterContext(node: SyntaxNode): readonly string[] {
  if (node.type === 'with_statement') return withinItself(node);
  const [, manager] = /^(\w+)\.__enter__\(\)$/.exec(node.text) ?? [];
  if (node.type !== 'call' || manager === undefined) return [];
  let root = node;
  while (root.parent) root = root.parent;
  const [, made] = new RegExp(`^${manager} = (.+)$`, 'm').exec(root.text) ?? [];
  return made === undefined ? [] : [`${node.text}\nwith ${made}:\n    pass`];
}

function withinItself(block: SyntaxNode): string[] {
  const body = block.childForFieldName('body');
  const clause = block.namedChildren.find(({ type }) => type === 'with_clause');
  if (!body || !clause || block.text.startsWith('async') || expectsException(block)) return [];
  if (body.startPosition.row === block.startPosition.row) return [];
  const indent = ' '.repeat(body.startPosition.column);
  const at = body.startIndex - block.startIndex;
  const inner = `with ${clause.text}:\n${indent}    pass\n${indent}`;
  return [block.text.slice(0, at) + inner + block.text.slice(at)];
}

const FIRST_OF = 'first_of';
const FIRST_OF_ASYNC = 'first_of_async';
const HELPERS: Readonly<Record<string, string>> = {
  [FIRST_OF]: [
    `def ${FIRST_OF}(items):`,
    '    try:',
    '        return next(items)',
    '    finally:',
    '        items.close()',
  ].join('\n'),
  [FIRST_OF_ASYNC]: [
    `def ${FIRST_OF_ASYNC}(items):`,
    '    import asyncio',
    '    async def take():',
    '        try:',
    '            return await items.__anext__()',
    '        finally:',
    '            await items.aclose()',
    '    loop = asyncio.new_event_loop()',
    '    try:',
    '        return loop.run_until_complete(take())',
    '    finally:',
    '        loop.close()',
  ].join('\n'),
};

/** Takes the first item of a changed generator and closes it, as a loop with a `break` does. */
export function closeGeneratorEarly(node: SyntaxNode, { targets }: MutationContext): readonly string[] {
  if (!isObserved(node)) return [];
  const calls = node.descendantsOfType('call');
  return targets.flatMap((target) => {
    const helper = generatorHelper(target);
    if (helper === undefined) return [];
    const name = target.qualname.split('.').at(-1) ?? '';
    const own = calls.filter((call) => calleeName(call) === name).map(({ text }) => text);
    // Tests often call the generator through a helper of their own, with the same arguments.
    const others =
      target.kind === 'function'
        ? calls.map(
            (call) =>
              `${name}(${argumentsOf(call)
                .map(({ text }) => text)
                .join(', ')})`,
          )
        : [];
    return (own.length > 0 ? own : others).map((call) => `${helper}(${call})`);
  });
}

function generatorHelper({ definitions }: Target): string | undefined {
  const all = Object.values(definitions).map(({ tokens }) => tokens);
  if (!all.some((tokens) => /\byield\b/.test(tokens))) return undefined;
  return all.some((tokens) => /\basync def\b/.test(tokens)) ? FIRST_OF_ASYNC : FIRST_OF;
}

/** The helper that a replacement by `closeGeneratorEarly` calls. */
export function closingHelper(replacement: string): string | undefined {
  const [, name] = /^(\w+)\(/.exec(replacement) ?? [];
  return name !== undefined && Object.hasOwn(HELPERS, name) ? HELPERS[name] : undefined;
}
