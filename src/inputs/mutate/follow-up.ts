import type { SyntaxNode } from '../../python/python-parser.js';
import type { Target } from '../../model/target.js';
import { expectsException } from '../program/blocks.js';
import { argumentsOf, calleeName } from './edit.js';
import type { MutationContext } from './mutation-operator.js';

/** Questions asked of one object after a call on it. */
const QUESTIONS = 4;

/** The statement that gives an input its value; undefined where the value lies elsewhere. */
const isAnswer = (node: SyntaxNode): boolean =>
  node.type === 'expression_statement' &&
  node.parent?.type === 'module' &&
  node.firstNamedChild?.type !== 'assignment' &&
  node.firstNamedChild?.type !== 'augmented_assignment' &&
  node.parent.namedChildren.at(-1)?.id === node.id;

/** The same again: what a first call leaves behind may change the answer to a second. */
export function repeatCall(node: SyntaxNode): readonly string[] {
  return isAnswer(node) && node.descendantsOfType('call').length > 0 ? [`${node.text}\n${node.text}`] : [];
}

/** After a call, what was called is asked by a method seen elsewhere: counts, sizes, what it remembers. */
export function queryAfter(node: SyntaxNode, { pool, random }: MutationContext): readonly string[] {
  if (!isAnswer(node)) return [];
  const asked = new Set(
    node.descendantsOfType('call').flatMap((call) => {
      const callee = call.childForFieldName('function');
      const owner = callee?.type === 'attribute' ? callee.childForFieldName('object') : undefined;
      return [callee, owner].flatMap((part) => (part && /^[\w.]+$/.test(part.text) ? [part.text] : []));
    }),
  );
  const questions = [...asked].flatMap((object) => pool.methods.map((method) => `${object}.${method}()`));
  return random.sample(questions, QUESTIONS).map((question) => `${node.text}\n${question}`);
}

/** After a call, the value is what it was given, or called on: whether that was changed shows apart from the answer. */
export function observeArgumentAfter(node: SyntaxNode, { random }: MutationContext): readonly string[] {
  if (!isAnswer(node)) return [];
  const given = node.descendantsOfType('call').flatMap((call) => {
    const callee = call.childForFieldName('function');
    const owner = callee?.type === 'attribute' ? callee.childForFieldName('object') : null;
    return [owner, ...argumentsOf(call)].filter((part) => part?.type === 'identifier');
  });
  const names = [...new Set(given.flatMap((part) => part?.text ?? []))].filter((name) => name !== 'self');
  return random.sample(names, QUESTIONS).map((name) => `${node.text}\n${name}`);
}

/** Inside a context another of the same kind is entered and left. */
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

/** A changed generator gives its first item and is closed: as a loop with a `break` leaves it. */
export function closeGeneratorEarly(node: SyntaxNode, { targets }: MutationContext): readonly string[] {
  if (!isAnswer(node)) return [];
  const calls = node.descendantsOfType('call');
  return targets.flatMap((target) => {
    const helper = generatorHelper(target);
    if (helper === undefined) return [];
    const name = target.qualname.split('.').at(-1) ?? '';
    const own = calls.filter((call) => calleeName(call) === name).map(({ text }) => text);
    // A helper of the tests that takes what the generator takes stands for it.
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

/** The definition that a replacement of `closeGeneratorEarly` needs to stand before it. */
export function closingHelper(replacement: string): string | undefined {
  const [, name] = /^(\w+)\(/.exec(replacement) ?? [];
  return name !== undefined && Object.hasOwn(HELPERS, name) ? HELPERS[name] : undefined;
}
