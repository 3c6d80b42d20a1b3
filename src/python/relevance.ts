import { boundNames, freeNames } from './names.js';
import { parsePython } from './python-parser.js';

/** Statements that are run for their effect, then code whose result is observed. */
export interface Program {
  readonly prefix: readonly string[];
  readonly source: string;
}

/** How a statement uses names. */
interface Facts {
  readonly bound: ReadonlySet<string>;
  readonly free: ReadonlySet<string>;
  /** The variable that a plain assignment overwrites, so that its earlier value no longer matters. */
  readonly renewed: string | undefined;
}

/** Finds the statements of a set-up that matter to what is observed after it. Each statement is parsed only once. */
export class Relevance {
  readonly #facts = new Map<string, Facts>();

  /**
   * The statements of the prefix that bind or mention a variable which the source needs, and those that these need in
   * turn. This is an estimate: a statement may change something that it does not name, such as a cache.
   */
  statements({ prefix, source }: Program): string[] {
    const variables = new Set(prefix.flatMap((statement) => [...this.#of(statement).bound]));
    const needed = freeNames(source);
    const kept: string[] = [];
    for (const statement of [...prefix].reverse()) {
      const { bound, free, renewed } = this.#of(statement);
      const named = [...bound, ...free].filter((name) => variables.has(name));
      if (!named.some((name) => needed.has(name))) continue;
      kept.unshift(statement);
      if (renewed !== undefined) needed.delete(renewed);
      for (const name of free) needed.add(name);
    }
    return kept;
  }

  #of(statement: string): Facts {
    const known = this.#facts.get(statement);
    if (known) return known;
    const root = parsePython(statement);
    const assignment = root.namedChildren.length === 1 ? root.firstNamedChild?.firstNamedChild : null;
    const target = assignment?.type === 'assignment' ? assignment.childForFieldName('left') : null;
    const facts: Facts = {
      bound: boundNames(root),
      free: freeNames(root),
      renewed: target?.type === 'identifier' ? target.text : undefined,
    };
    this.#facts.set(statement, facts);
    return facts;
  }
}
