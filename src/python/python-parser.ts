import { createRequire } from 'node:module';
import type Parser from 'tree-sitter';
import { UserError } from '../model/errors.js';
import { SyntaxNode } from './syntax-node.js';

export type { SyntaxNode } from './syntax-node.js';

const CHUNK = 16 * 1024;
const addonRequire = createRequire(import.meta.url);
let shared: Parser | undefined;

/**
 * Loads tree-sitter with its Python grammar.
 * Throws UserError `tree-sitter-unavailable` when the native addon cannot be loaded.
 */
export function loadParser(load: (name: string) => unknown = addonRequire): Parser {
  try {
    const TreeSitter = load('tree-sitter') as new () => Parser;
    const parser = new TreeSitter();
    parser.setLanguage(load('tree-sitter-python') as Parser.Language);
    return parser;
  } catch (cause) {
    throw new UserError(
      'tree-sitter-unavailable',
      `tree-sitter's native addon cannot be loaded on ${process.platform}-${process.arch} with Node ${process.version}`,
      'Run `npm ci` again on this machine; where no prebuilt binary exists, a C++ compiler is needed for it.',
      { cause },
    );
  }
}

/**
 * Parses Python source of any size (Python 2's `print x` too) and returns its `module` node. Syntax errors are
 * marked in the tree (`hasError`), never thrown.
 */
export function parsePython(source: string): SyntaxNode {
  const known = recent.get(source);
  if (known) return known;
  const root = copyTree(parse(source).walk(), source);
  if (source.length <= LONGEST_RECENT) {
    if (recent.size >= MOST_RECENT) recent.clear();
    recent.set(source, root);
  }
  return root;
}

/** Whether a text is Python without syntax errors. Cheaper than `parsePython`, since it does not copy the tree. */
export const isPython = (source: string): boolean =>
  !(recent.get(source)?.hasError ?? parse(source).rootNode.hasError);

/** Trees of short texts that were parsed a moment ago: mutants draw on the same few fragments again and again. */
const recent = new Map<string, SyntaxNode>();
const LONGEST_RECENT = 400;
const MOST_RECENT = 5000;

function parse(source: string): Parser.Tree {
  shared ??= loadParser();
  // A callback, because some releases of the addon reject strings of more than 32 KiB.
  return shared.parse((index) => source.slice(index, index + CHUNK));
}

const kinds: { type: string; isNamed: boolean }[] = [];
const fields: (string | null)[] = [];

function copyTree(cursor: Parser.TreeCursor, source: string): SyntaxNode {
  let count = 0;
  const copyNode = (parent: SyntaxNode | null): SyntaxNode => {
    const node = new SyntaxNode(
      count++,
      (kinds[cursor.nodeTypeId] ??= { type: cursor.nodeType, isNamed: cursor.nodeIsNamed }),
      cursor.startIndex,
      cursor.endIndex,
      parent,
      (fields[cursor.currentFieldId] ??= cursor.currentFieldName),
      source,
    );
    parent?.children.push(node);
    // Tokens that the parser inserted are empty, and asking for others would cost a call into the addon.
    const isMissing = node.startIndex === node.endIndex && cursor.nodeIsMissing;
    if (node.type === 'ERROR' || isMissing) node.markError();
    return node;
  };
  const root = copyNode(null);
  for (let current = root; ;) {
    if (cursor.gotoFirstChild()) {
      current = copyNode(current);
      continue;
    }
    while (!cursor.gotoNextSibling()) {
      if (!cursor.gotoParent() || current.parent === null) return root;
      current = current.parent;
    }
    current = copyNode(current.parent);
  }
}
