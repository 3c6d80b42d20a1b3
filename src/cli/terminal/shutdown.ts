import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Turns the first signal into an abort, so that work ends in order and what is done already is kept, and says so; a
 * second signal ends the process at once.
 */
export class Shutdown {
  readonly #controller = new AbortController();
  readonly #handlers = new Map<NodeJS.Signals, () => void>();
  #received: NodeJS.Signals | undefined;

  constructor(private readonly process: Pick<NodeJS.Process, 'on' | 'off' | 'exit' | 'stderr'>) {
    for (const signal of SIGNALS) {
      const handler = () => {
        this.#receive(signal);
      };
      this.#handlers.set(signal, handler);
      process.on(signal, handler);
    }
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** The first signal that came. */
  get received(): NodeJS.Signals | undefined {
    return this.#received;
  }

  dispose(): void {
    for (const [signal, handler] of this.#handlers) this.process.off(signal, handler);
  }

  #receive(signal: NodeJS.Signals): void {
    if (this.#received) this.process.exit(exitCodeOf(signal));
    this.#received = signal;
    this.process.stderr.write(`patchdiff: ${shuttingDown(signal)}\n`);
    this.#controller.abort(new Error(`stopped by ${signal}`));
  }
}

const shuttingDown = (signal: NodeJS.Signals): string =>
  signal === 'SIGINT'
    ? 'Shutting down; press Ctrl-C again to force'
    : `Shutting down on ${signal}; send it again to force`;

/** The exit code of a process that a signal stopped. */
export const exitCodeOf = (signal: NodeJS.Signals): number => 128 + constants.signals[signal];
