import type { SyntaxNode } from '../../python/python-parser.js';
import type { Target } from '../../model/target.js';
import type { MutationContext } from './mutation-operator.js';

/** Uses of an object that its class decides besides its methods, each with the module that it needs. */
const PROTOCOLS: readonly {
  readonly module?: string;
  readonly of: (text: string) => string;
  /** Sees what callers do not rely on. */
  readonly behind?: true;
}[] = [
  { of: (text) => `vars(${text})`, behind: true },
  { of: (text) => `setattr(${text}, 'extra', 1)`, behind: true },
  { of: (text) => `type(${text}).__mro__`, behind: true },
  { of: (text) => `dict(${text})` },
  { module: 'copy', of: (text) => `copy.copy(${text})` },
  { module: 'copy', of: (text) => `copy.deepcopy(${text})` },
  { module: 'pickle', of: (text) => `pickle.loads(pickle.dumps(${text}))` },
  { module: 'weakref', of: (text) => `weakref.ref(${text})() is None`, behind: true },
  { module: 'collections.abc', of: (text) => `isinstance(${text}, collections.abc.Mapping)` },
  { module: 'collections.abc', of: (text) => `isinstance(${text}, collections.abc.Hashable)` },
];
const EQUALITY = [
  (text: string) => `isinstance(hash(${text}), int)`,
  (text: string) => `{${text}: 1}`,
  (text: string) => `${text} in [${text}]`,
];
const PER_NODE = 4;

/** Where a class body or a special method changed, uses objects by the protocols that all objects have: copying, hashing, pickling. */
export function objectProtocol(node: SyntaxNode, { targets, random }: MutationContext): readonly string[] {
  const isObject = node.type === 'call' || (node.type === 'identifier' && node.parent?.type !== 'call');
  if (!isObject || node.field === 'function' || !targets.some(shapesObjects)) return [];
  const comparing = targets.some(({ qualname }) => /\.__(eq|ne|hash)__$/.test(qualname));
  return [
    ...random.sample(EQUALITY, comparing ? EQUALITY.length : 1).map((use) => use(node.text)),
    ...random.sample(PROTOCOLS, PER_NODE - 1).map((protocol) => protocol.of(node.text)),
  ];
}

/** Whether a target affects how objects behave in general: `__eq__` removes their hash, `copy` goes through `__getattr__`. */
const shapesObjects = ({ kind, qualname }: Target): boolean =>
  kind === 'class' || (kind === 'method' && /\.__(?!init__)\w+__$/.test(qualname));

/** The import that a replacement by `objectProtocol` needs. */
export function protocolImport(replacement: string): string | undefined {
  const protocol = PROTOCOLS.find(({ module }) => module !== undefined && replacement.includes(`${module}.`));
  return protocol?.module === undefined ? undefined : `import ${protocol.module}`;
}

/** Whether a replacement by `objectProtocol` sees what callers of an object do not rely on. */
export const looksBehind = (replacement: string): boolean =>
  PROTOCOLS.some(({ of, behind }) => {
    const [before = '', after = ''] = of('\0').split('\0');
    return behind === true && replacement.startsWith(before) && replacement.endsWith(after);
  });
