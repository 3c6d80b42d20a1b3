/** What a check found. */
export interface Finding {
  readonly name: string;
  /** `limits`: patchdiff works, and something it can do does not. */
  readonly state: 'ok' | 'limits' | 'missing';
  readonly detail: string;
  /** What to do; absent when nothing has to be done. */
  readonly fix?: string;
}
