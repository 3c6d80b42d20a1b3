import type { SubmissionReview } from '../model/review-metrics.js';
import type { Rate } from '../model/rate.js';
import type { SubmissionMetrics } from '../model/run-metrics.js';
import { GRADES } from '../model/divergence.js';
import type { FigureTable } from '../report/figure-table.js';
import { GRADE_WORDS } from '../report/words.js';
import { markup, type Markup } from '../platform/escape/html.js';

/** The steps from the reported rate to the one without even weak divergences, in the order of the report. */
const STEPS = [
  ['reported', 'reported resolved'],
  ['afterOwnTests', "still passing the benchmark's own tests"],
  ['afterDeveloperTests', 'without failed developer tests'],
  ['afterStrongEvidence', 'without strong evidence'],
  ['afterAnyDivergence', 'without those weak only, too'],
] as const;

/** Each resolved rate as a bar with its 95% interval, and the same in words for those who do not see it. */
export function rateChart({ resolved }: SubmissionMetrics, review: SubmissionReview | null): Markup {
  const labelled = review ? [rateBar('with review labels', review.withLabels, 'withLabels')] : [];
  return markup`<ol class="bars" aria-label="Resolved rates">
    ${STEPS.map(([key, words]) => rateBar(words, resolved[key], key))}${labelled}
  </ol>`;
}

function rateBar(words: string, { count, of, rate, interval }: Rate, kind: string): Markup {
  const at = (share: number) => `${(share * 100).toFixed(2)}%`;
  const whiskers =
    interval === null
      ? []
      : [
          markup`<span
            class="whisker"
            style="left:${at(interval.low)};width:${at(interval.high - interval.low)}"
          ></span>`,
        ];
  const range = interval === null ? '' : ` (${percent(interval.low)} to ${percent(interval.high)})`;
  return markup`<li>
    <span class="label">${words}</span>
    <span class="track" aria-hidden="true"
      ><span class="fill ${kind}" style="width:${at(rate ?? 0)}"></span>${whiskers}</span
    >
    <span class="figure" data-figure="bar/${kind}"><b>${percent(rate)}</b> ${count} of ${of}<small>${range}</small></span>
  </li>`;
}

/** How many divergent pairs have each class and each strongest grade. */
export function divergenceCharts({ classes, grades }: SubmissionMetrics): Markup {
  const ofGrades = GRADES.flatMap((grade) =>
    grades[grade] ? [[grade, GRADE_WORDS[grade], grades[grade]] as const] : [],
  );
  return markup`<div class="charts">
    ${counts('Strongest evidence of the divergent', 'grade', ofGrades)}
    ${counts(
      'Against the unpatched code',
      'class',
      Object.entries(classes).map(([name, one]) => [name, name, one] as const),
    )}
  </div>`;
}

function counts(
  title: string,
  kind: string,
  rows: readonly (readonly [name: string, words: string, rate: Rate])[],
): Markup {
  const most = Math.max(1, ...rows.map(([, , { count }]) => count));
  const bars = rows.map(
    ([name, words, { count }]) =>
      markup`<li>
        <span class="label">${words}</span>
        <span class="track" aria-hidden="true"
          ><span class="fill count" style="width:${(count / most) * 100}%"></span
        ></span>
        <span class="figure" data-figure="${kind}/${name}"><b>${count}</b></span>
      </li>`,
  );
  return markup`<figure>
    <figcaption>${title}</figcaption>
    <ol class="bars">
      ${bars.length > 0 ? bars : [markup`<li>none</li>`]}
    </ol>
  </figure>`;
}

/** A table of figures, which scrolls where it is wider than the window. */
export function figureTable({ id, title, head, rows, notes }: FigureTable): Markup {
  const body = rows.map(
    ([name, ...cells]) =>
      markup`<tr>
        <th scope="row">${name?.text ?? ''}</th>
        ${cells.map(({ text, figure }) => (figure === undefined ? markup`<td>${text}</td>` : markup`<td data-figure="${figure}">${text}</td>`))}
      </tr>`,
  );
  return markup`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table: ${title}">
      <table class="figures">
        <thead>
          <tr>
            ${head.map((words) => markup`<th scope="col">${words}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${body}
        </tbody>
      </table>
    </div>
    ${notes.map((note) => markup`<p class="soft">${note}</p>`)}
  </section>`;
}

export const percent = (rate: number | null): string =>
  rate === null ? 'none' : `${(rate * 100).toFixed(1)}%`;
