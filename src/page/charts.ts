import type { Rate, RunMetrics, SubmissionMetrics } from '../model/report.js';
import { GRADES } from '../model/divergence.js';
import { GRADE_WORDS } from '../report/words.js';
import { markup, type Markup } from '../report/markup.js';

/** The steps from the reported rate to the one without any divergence, in the order of the report. */
const STEPS = [
  ['reported', 'reported resolved'],
  ['afterOwnTests', "still passing the benchmark's own tests"],
  ['afterDeveloperTests', 'without failed developer tests'],
  ['afterStrongEvidence', 'without strong evidence'],
  ['afterAnyDivergence', 'without any divergence'],
] as const;

/** Each resolved rate as a bar with its 95% interval, and the same in words for those who do not see it. */
export function rateChart({ resolved }: SubmissionMetrics): Markup {
  return markup`<ol class="bars" aria-label="Resolved rates">
    ${STEPS.map(([key, words]) => rateBar(words, resolved[key], key))}
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
    <span class="figure"><b>${percent(rate)}</b> ${count} of ${of}<small>${range}</small></span>
  </li>`;
}

/** How many divergent pairs have each class and each strongest grade. */
export function divergenceCharts({ classes, grades }: SubmissionMetrics): Markup {
  const ofGrades = GRADES.flatMap((grade) =>
    grades[grade] ? [[GRADE_WORDS[grade], grades[grade]] as const] : [],
  );
  return markup`<div class="charts">
    ${counts('Strongest evidence of the divergent', ofGrades)}
    ${counts('Against the unpatched code', Object.entries(classes))}
  </div>`;
}

function counts(title: string, rows: readonly (readonly [string, Rate])[]): Markup {
  const most = Math.max(1, ...rows.map(([, { count }]) => count));
  const bars = rows.map(
    ([words, { count }]) =>
      markup`<li>
        <span class="label">${words}</span>
        <span class="track" aria-hidden="true"
          ><span class="fill count" style="width:${(count / most) * 100}%"></span
        ></span>
        <span class="figure"><b>${count}</b></span>
      </li>`,
  );
  return markup`<figure>
    <figcaption>${title}</figcaption>
    <ol class="bars">
      ${bars.length > 0 ? bars : [markup`<li>none</li>`]}
    </ol>
  </figure>`;
}

/** Several submissions side by side, the best reported first, with their rank before and after. */
export function comparison({ submissions }: RunMetrics): Markup {
  if (submissions.length < 2) return markup``;
  const rank = (of: (one: SubmissionMetrics) => number) => {
    const values = submissions.map(of);
    return (one: SubmissionMetrics) => values.filter((value) => value > of(one)).length + 1;
  };
  const before = rank(({ resolved }) => resolved.reported.count);
  const after = rank(({ resolved }) => resolved.afterAnyDivergence.count);
  const sorted = [...submissions].sort((a, b) => before(a) - before(b) || (a.model < b.model ? -1 : 1));
  const rows = sorted.map(
    (one) =>
      markup`<tr>
        <th scope="row">${one.model}</th>
        <td>${one.submitted}</td>
        <td>${before(one)}</td>
        <td>${one.resolved.reported.count}</td>
        <td>${one.resolved.afterStrongEvidence.count}</td>
        <td>${one.resolved.afterAnyDivergence.count}</td>
        <td>${after(one)}</td>
        <td>${one.divergentPlausible.count} of ${one.divergentPlausible.of}</td>
      </tr>`,
  );
  return markup`<section aria-labelledby="submissions">
    <h2 id="submissions">Submissions</h2>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of submissions">
      <table>
        <thead>
          <tr>
            <th scope="col">Submission</th>
            <th scope="col">Predictions</th>
            <th scope="col">Rank</th>
            <th scope="col">Reported</th>
            <th scope="col">Without strong evidence</th>
            <th scope="col">Without any divergence</th>
            <th scope="col">Rank then</th>
            <th scope="col">Divergent of plausible and judged</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </div>
  </section>`;
}

export const percent = (rate: number | null): string =>
  rate === null ? 'none' : `${(rate * 100).toFixed(1)}%`;
