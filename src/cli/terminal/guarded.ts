import { printable, terminalText } from '../../platform/escape/terminal.js';

const STDERR = 2;
const streams = new WeakMap<NodeJS.WriteStream, NodeJS.WriteStream>();

/** A stream that writes text as a terminal shows it, without control characters of names and messages. */
export function guarded(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  // Workflow commands are patchdiff's output where they are asked for; what it tells beside that holds none.
  const shown = (stream as { readonly fd?: number }).fd === STDERR ? terminalText : printable;
  const write = (text: unknown, ...rest: unknown[]): boolean =>
    (stream.write as (...parts: unknown[]) => boolean)(
      typeof text === 'string' ? shown(text) : text,
      ...rest,
    );
  const guard = Object.create(stream, { write: { value: write } }) as NodeJS.WriteStream;
  streams.set(guard, stream);
  return guard;
}

/** The stream itself, for what moves the cursor on purpose and makes its own texts printable. */
export const unguarded = (stream: NodeJS.WriteStream): NodeJS.WriteStream => streams.get(stream) ?? stream;
