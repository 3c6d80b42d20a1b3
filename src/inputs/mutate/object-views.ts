import type { SyntaxNode } from '../../analysis/python-parser.js';
import type { MutationContext } from './operators.js';

/** What a class body decides for its objects besides what its methods answer, by the module it needs. */
const VIEWS: readonly { readonly module?: string; readonly of: (text: string) => string }[] = [
  { of: (text) => `vars(${text})` },
  { of: (text) => `setattr(${text}, 'extra', 1)` },
  { of: (text) => `type(${text}).__mro__` },
  { of: (text) => `dict(${text})` },
  { of: (text) => `isinstance(hash(${text}), int)` },
  { module: 'copy', of: (text) => `copy.copy(${text})` },
  { module: 'copy', of: (text) => `copy.deepcopy(${text})` },
  { module: 'pickle', of: (text) => `pickle.loads(pickle.dumps(${text}))` },
  { module: 'weakref', of: (text) => `weakref.ref(${text})() is None` },
  { module: 'collections.abc', of: (text) => `isinstance(${text}, collections.abc.Mapping)` },
  { module: 'collections.abc', of: (text) => `isinstance(${text}, collections.abc.Hashable)` },
];
const PER_NODE = 4;

/** Where the body of a class changed, its objects are looked at, copied and referred to as any object can be. */
export function objectView(node: SyntaxNode, { targets, random }: MutationContext): readonly string[] {
  const isObject = node.type === 'call' || (node.type === 'identifier' && node.parent?.type !== 'call');
  if (!isObject || node.field === 'function' || !targets.some(({ kind }) => kind === 'class')) return [];
  return random.sample(VIEWS, PER_NODE).map((view) => view.of(node.text));
}

/** The import that a replacement of `objectView` needs. */
export function viewImport(replacement: string): string | undefined {
  const view = VIEWS.find(({ module }) => module !== undefined && replacement.includes(`${module}.`));
  return view?.module === undefined ? undefined : `import ${view.module}`;
}
