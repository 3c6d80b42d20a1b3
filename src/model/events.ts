import type { PairRecord } from './verdict.js';

/** The stages of one instance and one pair, in order, as a user sees them. */
export type Stage =
  | 'prepare'
  | 'gold tests'
  | 'survey'
  | 'candidate tests'
  | 'observe'
  | 'mutate'
  | 'confirm'
  | 'shrink'
  | 'developer tests';

/** What an audit reports as it proceeds: it prints nothing itself. `model` is null for the stages of an instance. */
export type AuditEvent =
  | { readonly type: 'planned'; readonly pairs: number; readonly instances: number }
  | {
      readonly type: 'stage';
      readonly instanceId: string;
      readonly model: string | null;
      readonly stage: Stage;
    }
  /** `reused`: the record was taken from another run. */
  | { readonly type: 'judged'; readonly record: PairRecord; readonly reused: boolean };

export type AuditListener = (event: AuditEvent) => void;
