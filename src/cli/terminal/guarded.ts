import { printable } from '../../platform/printable.js';

const streams = new WeakMap<NodeJS.WriteStream, NodeJS.WriteStream>();

/** A stream that writes text as a terminal shows it, without control characters of names and messages. */
export function guarded(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  const write = (text: unknown, ...rest: unknown[]): boolean =>
    (stream.write as (...parts: unknown[]) => boolean)(
      typeof text === 'string' ? printable(text) : text,
      ...rest,
    );
  const guard = Object.create(stream, { write: { value: write } }) as NodeJS.WriteStream;
  streams.set(guard, stream);
  return guard;
}

/** The stream itself, for what moves the cursor on purpose and makes its own texts printable. */
export const unguarded = (stream: NodeJS.WriteStream): NodeJS.WriteStream => streams.get(stream) ?? stream;
