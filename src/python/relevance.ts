import { boundNames, freeNames } from './names.js';
import { parsePython } from './python-parser.js';

/** A program: statements run for their effect, then what is observed. */
interface Program {
  readonly prefix: readonly string[];
  readonly source: string;
}

/** What a statement does with names. */
interface Facts {
  readonly bound: ReadonlySet<string>;
  readonly free: ReadonlySet<string>;
  /** The variable that a plain assignment gives a new value, whatever it was before. */
  readonly renewed: string | undefined;
}

/** Which statements of a set-up matter to what is observed after it. Statements are read once each. */
export class Relevance {
  readonly #facts = new Map<string, Facts>();

  /**
   * The statements of the prefix that bind a variable which the source needs, or name one that it shares with them, and
   * so on backwards. An estimate: what a statement changes without naming it, such as a cache, is not seen.
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
