import type { SyntaxNode } from '../../python/python-parser.js';
import type { Target } from '../../model/target.js';
import type { MutationContext } from './mutation-operator.js';

/** What a class body and special methods decide for objects besides what methods answer, by the module it needs. */
const VIEWS: readonly { readonly module?: string; readonly of: (text: string) => string }[] = [
  { of: (text) => `vars(${text})` },
  { of: (text) => `setattr(${text}, 'extra', 1)` },
  { of: (text) => `type(${text}).__mro__` },
  { of: (text) => `dict(${text})` },
  { module: 'copy', of: (text) => `copy.copy(${text})` },
  { module: 'copy', of: (text) => `copy.deepcopy(${text})` },
  { module: 'pickle', of: (text) => `pickle.loads(pickle.dumps(${text}))` },
  { module: 'weakref', of: (text) => `weakref.ref(${text})() is None` },
  { module: 'collections.abc', of: (text) => `isinstance(${text}, collections.abc.Mapping)` },
  { module: 'collections.abc', of: (text) => `isinstance(${text}, collections.abc.Hashable)` },
];
const EQUALITY = [
  (text: string) => `isinstance(hash(${text}), int)`,
  (text: string) => `{${text}: 1}`,
  (text: string) => `${text} in [${text}]`,
];
const PER_NODE = 4;

/** Where the body of a class or a special method changed, objects are looked at, copied and referred to as any object can be. */
export function objectProtocol(node: SyntaxNode, { targets, random }: MutationContext): readonly string[] {
  const isObject = node.type === 'call' || (node.type === 'identifier' && node.parent?.type !== 'call');
  if (!isObject || node.field === 'function' || !targets.some(shapesObjects)) return [];
  const comparing = targets.some(({ qualname }) => /\.__(eq|ne|hash)__$/.test(qualname));
  return [
    ...random.sample(EQUALITY, comparing ? EQUALITY.length : 1).map((view) => view(node.text)),
    ...random.sample(VIEWS, PER_NODE - 1).map((view) => view.of(node.text)),
  ];
}

/** Whether a target decides what its objects are: `__eq__` takes their hash away, `__getattr__` answers for `copy`. */
const shapesObjects = ({ kind, qualname }: Target): boolean =>
  kind === 'class' || (kind === 'method' && /\.__(?!init__)\w+__$/.test(qualname));

/** The import that a replacement of `objectProtocol` needs. */
export function protocolImport(replacement: string): string | undefined {
  const view = VIEWS.find(({ module }) => module !== undefined && replacement.includes(`${module}.`));
  return view?.module === undefined ? undefined : `import ${view.module}`;
}
