import type { Divergence } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { PairRecord } from '../model/verdict.js';

/** Where an input stands: written by a person, like those, or of a kind that nothing shows. */
export type Domain = 'observed' | 'in-domain' | 'contrived';

/** Whether a divergence is about what the issue asks for. */
export type InIssue = 'in-issue' | 'beyond' | 'unknown';

/** Facts that records made before they were measured do not have. */
interface LaterFacts {
  readonly domain?: Domain;
  readonly scope?: { readonly issue: InIssue };
  readonly differs?: { readonly reached: number; readonly different: number } | null;
}

/** The domain of an input; in a record that does not say, what its origin tells. */
export function domainOf(input: Input): Domain {
  const { domain } = input as LaterFacts;
  if (domain !== undefined) return domain;
  if (input.illTyped) return 'contrived';
  return input.mutations.length === 0 ? 'observed' : 'in-domain';
}

/** Whether a divergence lies in the issue; in a record that does not say, only code of the issue itself does for sure. */
export function issueOf(divergence: Divergence): InIssue {
  const { scope } = divergence as LaterFacts;
  if (scope !== undefined) return scope.issue;
  return divergence.input.seedOrigin === 'issue' ? 'in-issue' : 'unknown';
}

/** Of the inputs that reach the change, the share on which the sides differ, from 0 to 1; of all, where that is not known. */
export function shareThatDiffers(record: PairRecord): number {
  const { differs } = record as LaterFacts;
  const { inputs } = record;
  const [different, of] = differs
    ? [differs.different, differs.reached]
    : [inputs.different, inputs.tried - inputs.setupFailed];
  return of > 0 ? Math.min(1, different / of) : 0;
}
