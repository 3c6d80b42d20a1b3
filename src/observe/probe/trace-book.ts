import { testKey } from '../../model/test-result.js';

/** What the probe calls whatever a process that a test started may have entered. */
export const ELSEWHERE = '<process>';

/** The functions that each test of a traced run entered, over all its processes. */
export class TraceBook {
  readonly #numbers = new Map<string, number>();
  readonly #names: string[] = [];
  /** Own numbers by those of the probe's current process. */
  #current: number[] = [];
  readonly #everywhere = new Set<number>();
  readonly #tests = new Map<string, Uint32Array>();

  /** Names for the numbers from `from` on; a process that begins starts at 0 again. */
  define(from: number, names: readonly string[]): void {
    this.#current = [...this.#current.slice(0, from), ...names.map((name) => this.#number(name))];
  }

  /** Functions whose entry counts for every test, as they were entered while importing. */
  addEverywhere(numbers: readonly number[]): void {
    for (const number of this.#own(numbers)) this.#everywhere.add(number);
  }

  addTest(file: string, id: string, numbers: readonly number[]): void {
    this.#tests.set(testKey({ id, file }), Uint32Array.from(this.#own(numbers)));
  }

  /** Whether a name (`file::qualname`, `file::<module>`) was marked in any process. */
  knows(name: string): boolean {
    return this.#numbers.has(name);
  }

  isEverywhere(name: string): boolean {
    const number = this.#numbers.get(name);
    return number !== undefined && this.#everywhere.has(number);
  }

  /** Whether a test entered one of the names; undefined for a test that was not traced. */
  enters(file: string, id: string, names: ReadonlySet<string>): boolean | undefined {
    return this.#tests.get(testKey({ id, file }))?.some((number) => names.has(this.#names[number] ?? ''));
  }

  #own(numbers: readonly number[]): number[] {
    return numbers.flatMap((number) => this.#current[number] ?? []);
  }

  #number(name: string): number {
    const known = this.#numbers.get(name);
    if (known !== undefined) return known;
    this.#numbers.set(name, this.#names.length);
    return this.#names.push(name) - 1;
  }
}
