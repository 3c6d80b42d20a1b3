import type { Parameter } from '../model/target.js';
import type { SyntaxNode } from './python-parser.js';
import { partsOf } from './syntax.js';

/** The parameters of a `def` as written, `self` included. */
export function parametersOf(definition: SyntaxNode): Parameter[] {
  const list = definition.childForFieldName('parameters');
  const parameters: Parameter[] = [];
  let kind: 'positional' | 'keyword-only' = 'positional';
  for (const part of list ? partsOf(list) : []) {
    if (part.type === 'keyword_separator') kind = 'keyword-only';
    const name = parameterName(part);
    if (name === undefined) continue;
    const pattern = part.type === 'typed_parameter' ? (partsOf(part)[0] ?? part) : part;
    if (pattern.type === 'list_splat_pattern') {
      parameters.push({ name, kind: 'var-positional' });
      kind = 'keyword-only';
    } else if (pattern.type === 'dictionary_splat_pattern') parameters.push({ name, kind: 'var-keyword' });
    else {
      const value = part.childForFieldName('value');
      parameters.push(value ? { name, kind, defaultText: value.text } : { name, kind });
    }
  }
  return parameters;
}

function parameterName(part: SyntaxNode): string | undefined {
  if (part.type === 'identifier') return part.text;
  const inner = part.childForFieldName('name') ?? partsOf(part)[0];
  if (inner === undefined) return undefined;
  return inner.type === 'identifier' ? inner.text : parameterName(inner);
}

/** Parameters that every caller must pass. */
export function requiredParameters(parameters: readonly Parameter[]): Parameter[] {
  return parameters.filter(
    ({ kind, defaultText }) =>
      (kind === 'positional' || kind === 'keyword-only') && defaultText === undefined,
  );
}

/** Whether every call that fits one signature's required parameters fits the other's too. */
export function compatibleSignatures(left: readonly Parameter[], right: readonly Parameter[]): boolean {
  const required = (parameters: readonly Parameter[]): string =>
    requiredParameters(parameters)
      .map(({ name, kind }) => `${kind} ${name}`)
      .join(', ');
  return required(left) === required(right);
}
