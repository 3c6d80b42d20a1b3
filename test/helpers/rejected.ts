/** The error that a promise is rejected with. Throws when it is not. */
export async function rejected(promise: Promise<unknown>): Promise<Error> {
  const outcome = await promise.then(
    () => new Error('was expected to be rejected'),
    (error: unknown) => ({ error }),
  );
  if (outcome instanceof Error) throw outcome;
  if (outcome.error instanceof Error) return outcome.error;
  throw new Error(`rejected with ${String(outcome.error)}`);
}
