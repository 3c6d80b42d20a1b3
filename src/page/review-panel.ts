import type { LabelName } from '../model/label.js';
import { markup, type Markup } from '../platform/escape/html.js';
import { LABEL_WORDS } from '../report/review-tables.js';

/** What the review page starts from; ids are `model/instance`. */
export interface ReviewState {
  readonly reviewer: string;
  /** Pairs to label, in the order of reviewing. */
  readonly queue: readonly string[];
  /** Whether the queue is a random sample. */
  readonly sampled: boolean;
  readonly labels: Readonly<Record<string, { readonly label: LabelName; readonly note: string }>>;
}

/** What turns the page of a run into one for reviewing. */
export interface ReviewParts {
  readonly state: ReviewState;
  readonly script: string;
}

/** The keys that label, each the first letter of its word. */
const KEYS: readonly (readonly [key: string, label: LabelName])[] = [
  ['c', 'correct'],
  ['i', 'incorrect'],
  ['u', 'unclear'],
  ['b', 'benchmark-fault'],
];

/** Above the list: how far the reviewer is, and where to go on. */
export function reviewStart({ reviewer, sampled }: ReviewState): Markup {
  return markup`<section aria-labelledby="review-heading">
    <h2 id="review-heading">Review by ${reviewer}</h2>
    <p>
      <span id="progress" role="status"></span>
      ${sampled ? 'These are the pairs of the random sample.' : 'Strongest evidence first.'}
      <button type="button" id="begin">Next unlabelled<kbd>n</kbd></button>
    </p>
  </section>`;
}

/** Below a pair: the labels and the note. */
export function reviewPanel(): Markup {
  const buttons = KEYS.map(
    ([key, label]) =>
      markup`<button type="button" data-label="${label}" data-key="${key}" aria-pressed="false">${LABEL_WORDS[label]}<kbd>${key}</kbd></button>`,
  );
  return markup`<section class="review-panel" aria-label="Label of this pair">
    <label
      >Note, saved with the label (e)<textarea id="note" rows="2"></textarea></label
    >
    <div class="keys">
      ${buttons}
      <button type="button" id="next">Next unlabelled<kbd>n</kbd></button>
      <span id="saved" role="status"></span>
    </div>
  </section>`;
}
