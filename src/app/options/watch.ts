import type { AuditListener } from '../../model/events.js';

/** How a program follows an audit, and stops it. */
export interface Watch {
  /** Told of every stage and every record, as soon as it is there. */
  readonly onEvent?: AuditListener | undefined;
  /** Told in a sentence what a user should know: doubts about the input, what takes long, what is reused. */
  readonly onMessage?: ((message: string) => void) | undefined;
  /** Told in a sentence where patches run, and why there. */
  readonly onEngine?: ((description: string) => void) | undefined;
  /** An abort stops the audit: it ends its processes, keeps what is done already, and rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

const ignore = () => undefined;

/** A watch whose callbacks can all be called, and whose signal can be asked. */
export function completeWatch(watch: Watch): Required<{ [Key in keyof Watch]: NonNullable<Watch[Key]> }> {
  return {
    onEvent: watch.onEvent ?? ignore,
    onMessage: watch.onMessage ?? ignore,
    onEngine: watch.onEngine ?? ignore,
    signal: watch.signal ?? new AbortController().signal,
  };
}
