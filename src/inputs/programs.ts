import { createHash } from 'node:crypto';
import type { Input, Program, Step } from '../model/input.js';

/** Inputs observed in one child: more save forks, fewer limit how far one input can disturb the next. */
const INPUTS_PER_PROGRAM = 40;

/**
 * Packs inputs into programs. Inputs with the same prelude share a child as long as each prefix extends
 * the one before it, so that a set-up statement runs once. The order of the inputs is kept within a prelude.
 */
export function packPrograms(inputs: readonly Input[]): Program[] {
  const programs: Program[] = [];
  for (const group of groupBy(inputs, (input) => input.prelude).values()) {
    const sorted = [...group].sort(byPrefix);
    let steps: Step[] = [];
    let prefix: readonly string[] = [];
    let observed = 0;
    const flush = () => {
      if (observed > 0) programs.push(program(group[0]?.prelude ?? '', steps));
      [steps, prefix, observed] = [[], [], 0];
    };
    for (const input of sorted) {
      if (observed >= INPUTS_PER_PROGRAM || !extendsPrefix(input.prefix, prefix)) flush();
      for (const source of input.prefix.slice(prefix.length)) steps.push({ kind: 'exec', source });
      prefix = input.prefix;
      steps.push({ kind: 'observe', input: input.id, source: input.source });
      observed += 1;
    }
    flush();
  }
  return programs;
}

function program(prelude: string, steps: readonly Step[]): Program {
  const id = createHash('sha256')
    .update(JSON.stringify([prelude, steps]))
    .digest('hex')
    .slice(0, 16);
  return { id, prelude, steps };
}

const extendsPrefix = (longer: readonly string[], shorter: readonly string[]): boolean =>
  shorter.every((statement, index) => longer[index] === statement);

/** Prefixes in lexicographic order bring every prefix next to its extensions. */
function byPrefix(a: Input, b: Input): number {
  for (let index = 0; index < Math.min(a.prefix.length, b.prefix.length); index++) {
    const [left, right] = [a.prefix[index] ?? '', b.prefix[index] ?? ''];
    if (left !== right) return left < right ? -1 : 1;
  }
  return a.prefix.length - b.prefix.length;
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group) group.push(item);
    else groups.set(key(item), [item]);
  }
  return groups;
}
