import type { z } from 'zod';
import { NO_LIMIT, secondsFromNow, type TimeLimit } from '../../platform/budget.js';
import type { ProcessEnd, SideProcess } from '../engine/engine.js';
import { readLines } from './lines.js';
import { errorAnswer, MAX_LINE, parseLine } from './protocol.js';
import { LATE, within } from './wait.js';

const CLOSE_MS = 5000;

/** How an exchange with a server ended. */
export type ExchangeEnd =
  | { readonly kind: 'answered' }
  /** The server is gone, or was killed because it broke the protocol or fell silent. */
  | { readonly kind: 'died'; readonly end: ProcessEnd; readonly reason: string }
  /** The time was up; the server was killed, as it was still at work. */
  | { readonly kind: 'out-of-time' };

/** What an exchange waits for. */
export interface Patience {
  /** Longest time without an answer, in milliseconds. */
  readonly silenceMs: number;
  /** For the whole exchange. */
  readonly limit?: TimeLimit | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** One running probe server: a process that answers requests, one at a time, until it dies. */
export class ProbeServer {
  readonly #lines: AsyncGenerator<string, void, undefined>;
  #id = 0;
  #alive = true;

  constructor(private readonly process: SideProcess) {
    this.#lines = readLines(process.stdout, MAX_LINE);
  }

  /** False once an exchange found it dead or killed it. */
  get alive(): boolean {
    return this.#alive;
  }

  /**
   * Sends a request and hands every valid answer, with the characters it took, to `accept` until that says it was the last.
   * @throws the signal's reason after an abort, InfraError when the side is closed; the server is dead then
   */
  async exchange<T>(
    request: object,
    schema: z.ZodType<T>,
    accept: (answer: T, size: number) => boolean,
    { silenceMs, limit = NO_LIMIT, signal }: Patience,
  ): Promise<ExchangeEnd> {
    const id = ++this.#id;
    this.process.stdin.write(`${JSON.stringify({ id, ...request })}\n`);
    let silence = secondsFromNow(silenceMs / 1000);
    for (;;) {
      const [untilSilence, untilLimit] = [silence.left, limit.left];
      const line = await this.#line(Math.min(untilSilence, untilLimit) * 1000, signal);
      if (line === LATE && untilLimit <= untilSilence) {
        await this.kill();
        return { kind: 'out-of-time' };
      }
      if (line === LATE) return this.#died(`no answer for ${silenceMs / 1000} s`);
      if (typeof line !== 'string') return this.#died(line.broken);
      const answer = parseLine(line, schema, id);
      if (answer !== undefined) {
        if (accept(answer, line.length)) return { kind: 'answered' };
        silence = secondsFromNow(silenceMs / 1000);
      }
      const failure = answer === undefined ? parseLine(line, errorAnswer, id) : undefined;
      if (failure) return this.#died(failure.error);
    }
  }

  /** Asks the server to end, and kills it when it does not. */
  async close(): Promise<void> {
    this.#alive = false;
    this.process.stdin.end(`${JSON.stringify({ id: ++this.#id, op: 'close' })}\n`);
    this.process.stdout.resume();
    const ended = this.process.ended.catch(() => undefined);
    if ((await within(ended, CLOSE_MS)) === LATE) await this.kill();
  }

  /** Ends the server at once. */
  async kill(): Promise<void> {
    this.#alive = false;
    // The signal first: a program that writes to a closed pipe would end by itself, and its end would say another thing.
    const killed = this.process.kill();
    this.process.stdout.destroy();
    await killed;
  }

  async #line(
    milliseconds: number,
    signal: AbortSignal | undefined,
  ): Promise<string | typeof LATE | { readonly broken: string }> {
    try {
      const next = this.#lines.next().catch((error: unknown) => ({ value: { broken: String(error) } }));
      const line = await within(next, milliseconds, signal);
      return line === LATE ? LATE : (line.value ?? { broken: 'the server ended' });
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  async #died(reason: string): Promise<ExchangeEnd> {
    await this.kill();
    const end = await this.process.ended;
    const last = this.process.stderrTail().trim().split('\n').at(-1);
    return { kind: 'died', end, reason: last ? `${reason} (${last.slice(-300)})` : reason };
  }
}
