/**
 * A mistake the user can fix: bad input, a missing tool, a wrong option.
 * The CLI prints `message` (what is wrong, naming file, line or instance) and `hint` (what to do) and
 * exits with 2; any other exception is a bug and keeps its stack.
 */
export class UserError extends Error {
  override readonly name = 'UserError';

  constructor(
    /** Stable, machine-readable name of the mistake, such as `dataset-malformed`. */
    readonly code: string,
    message: string,
    /** What the user should do next; one sentence. */
    readonly hint?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * The infrastructure failed (engine, disk, git), not a patch and not the user. Recorded as the pair's
 * outcome `infra-error`, never as evidence.
 */
export class InfraError extends Error {
  override readonly name = 'InfraError';
  /** What the user should do next, where something can be done; one sentence. */
  readonly hint: string | undefined;

  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions & { readonly hint?: string },
  ) {
    super(message, options);
    this.hint = options?.hint;
  }
}
