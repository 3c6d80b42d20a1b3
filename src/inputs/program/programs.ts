import { createHash } from 'node:crypto';
import type { HostTest, Input, Program, Step } from '../../model/input.js';

/** Inputs observed in one process: more of them save forks, fewer limit how far one input can affect the next. */
const INPUTS_PER_PROGRAM = 40;

/**
 * Packs inputs into programs. Inputs with the same prelude follow it together as long as each prefix extends
 * the one before it, so that a set-up statement runs once. Within a prelude, the order of the inputs is by prefix. A host
 * test is set up anew for every prelude.
 */
export function packPrograms(inputs: readonly Input[]): Program[] {
  const programs: Program[] = [];
  let steps: Step[] = [];
  let observed = 0;
  let host: HostTest | undefined;
  const flush = () => {
    if (observed > 0) programs.push(programOf(steps, host));
    [steps, observed] = [[], 0];
  };
  const key = (input: Input) => JSON.stringify([input.prelude, input.host]);
  for (const group of groupBy(inputs, key).values()) {
    let prefix: readonly string[] | undefined;
    for (const input of [...group].sort(byPrefix)) {
      const begins = !prefix || !extendsPrefix(input.prefix, prefix);
      if (observed >= INPUTS_PER_PROGRAM || (begins && (host ?? input.host))) {
        flush();
        prefix = undefined;
      }
      host = input.host;
      if (!prefix || !extendsPrefix(input.prefix, prefix)) {
        steps.push({ kind: 'prelude', source: input.prelude });
        prefix = [];
      }
      for (const source of input.prefix.slice(prefix.length)) steps.push({ kind: 'exec', source });
      prefix = input.prefix;
      steps.push(observation(input));
      observed += 1;
    }
  }
  flush();
  return programs;
}

/** A program that observes only one input. */
export const programAlone = (input: Input): Program =>
  programOf(
    [
      { kind: 'prelude', source: input.prelude },
      ...input.prefix.map((source) => ({ kind: 'exec', source }) as const),
      observation(input),
    ],
    input.host,
  );

const observation = ({ id, source, reads }: Input): Step => ({
  kind: 'observe',
  input: id,
  source,
  ...(reads ? { reads } : {}),
});

function programOf(steps: readonly Step[], host: HostTest | undefined): Program {
  const content = { ...(host ? { host } : {}), steps };
  const id = createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 16);
  return { id, ...content };
}

const extendsPrefix = (longer: readonly string[], shorter: readonly string[]): boolean =>
  shorter.every((statement, index) => longer[index] === statement);

/** Sorts by prefix, lexicographically, which brings every prefix next to its extensions. */
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
