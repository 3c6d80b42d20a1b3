/** Nothing came in time. */
export const LATE = Symbol('late');

/**
 * What `promise` gives, or `LATE` after so many milliseconds.
 * @throws the signal's reason as soon as it aborts
 */
export async function within<T>(
  promise: Promise<T>,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<T | typeof LATE> {
  signal?.throwIfAborted();
  const { promise: cut, resolve, reject } = withResolvers<typeof LATE>();
  const timer = setTimeout(resolve, Math.max(0, milliseconds), LATE);
  const abort = () => {
    reject(signal?.reason as Error);
  };
  signal?.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, cut]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', abort);
  }
}

function withResolvers<T>() {
  let resolve!: (value: T) => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<T>((onValue, onError) => {
    resolve = onValue;
    reject = onError;
  });
  return { promise, resolve, reject };
}
