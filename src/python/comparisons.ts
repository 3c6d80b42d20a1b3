import { parsePython } from './python-parser.js';

/** Whether the last statement of a program is a comparison, so that its value is only whether that holds. */
export const endsInComparison = (program: string): boolean =>
  parsePython(program).namedChildren.at(-1)?.firstNamedChild?.type === 'comparison_operator';
