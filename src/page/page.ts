import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { RunReport } from '../model/report.js';
import { GRADE_WORDS, OUTCOME_WORDS, plural } from '../report/words.js';
import { counters, expectedNumber } from '../report/numbers.js';
import { figureTables } from '../report/figure-tables.js';
import { divergenceCharts, figureTable, percent, rateChart } from './charts.js';
import { Markup, markup } from '../platform/escape/html.js';
import type { PageData } from './page-data.js';
import { reviewPanel, reviewStart, type ReviewParts } from './review-panel.js';
import { STYLE } from './style.js';

/** The built script of the page, which opens pairs. */
export const pageScript = (): Promise<string> => readScript('app.js');

/** The built script of the review page, which labels pairs. */
export const reviewScript = (): Promise<string> => readScript('review.js');

const readScript = (name: string) => readFile(new URL(`client/${name}`, import.meta.url), 'utf8');

const FILTERS = [
  ['model', 'Submission'],
  ['repository', 'Repository'],
  ['outcome', 'Verdict'],
  ['class', 'Class'],
  ['evidence', 'Strength'],
  ['grade', 'Evidence'],
  ['label', 'Label'],
] as const;
const COLUMNS = [
  ['instance', 'Instance', ''],
  ['model', 'Submission', ''],
  ['outcome', 'Verdict', ''],
  ['class', 'Class', 'wide'],
  ['grade', 'Strongest evidence', ''],
  ['score', 'Score', ''],
  ['label', 'Label', ''],
  ['seconds', 'Seconds', 'wide'],
] as const;

/**
 * A run as one HTML file that needs nothing else: the figures are in it as text, the pairs compressed, opened
 * by the script in it.
 */
export async function renderPage(
  report: RunReport,
  data: PageData,
  script: string,
  review: ReviewParts | null = null,
): Promise<string> {
  const packed = (await promisify(gzip)(JSON.stringify(data), { level: 9 })).toString('base64');
  return `<!doctype html>\n${page(report, packed, script, review).text}\n`;
}

/** The overall labels, where there are any. */
const labelledOf = ({ metrics: { review } }: RunReport) =>
  review && review.reviewers.length > 0 ? review.overall : null;

const inlined = (script: string): Markup => new Markup(script.replaceAll('</script', '<\\/script'));

function page(report: RunReport, packed: string, script: string, review: ReviewParts | null): Markup {
  const { run, tool, metrics } = report;
  return markup`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta
        http-equiv="Content-Security-Policy"
        content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'${new Markup(review ? "; connect-src 'self'" : '')}"
      />
      <title>${run.id}: patchdiff</title>
      <style>
        ${new Markup(STYLE)}
      </style>
    </head>
    <body>
      <header>
        <h1>${run.id}</h1>
        <p class="soft">
          ${plural(run.instances.length, 'instance')} of ${run.dataset.hub?.id ?? run.dataset.path},
          ${plural(metrics.submissions.length, 'submission')}, patchdiff ${tool.version}, seed ${run.seed},
          ${run.finishedAt.slice(0, 10)}. Engine: ${run.engine}
        </p>
      </header>
      <main>
        <section id="list">
          ${review ? reviewStart(review.state) : markup``}
          ${headline(report)} ${rateChart(metrics.overall, labelledOf(report))}
          <p class="soft">
            Shares of ${metrics.overall.resolved.reported.of} with 95% Wilson intervals; resolved as counted
            by ${counters(metrics.overall.resolved)}. A divergence is evidence that behaviour differs from the
            reference, not proof of a wrong fix. The score says how likely a patch is incorrect, from 0 to 1.
          </p>
          ${divergenceCharts(metrics.overall)} ${figureTables(metrics).map(figureTable)}
          ${table()} ${glossary()}
        </section>
        <article id="pair" hidden>
          <p><a href="#" id="back">Back to the list</a> <small>(Esc)</small></p>
          <div id="pair-content"></div>
          ${review ? reviewPanel() : markup``}
        </article>
      </main>
      <script type="text/plain" id="data">
        ${packed}
      </script>
      <script type="module">
        ${inlined(script)};
      </script>
      ${
        review
          ? markup`<script type="application/json" id="review-state">
              ${new Markup(JSON.stringify(review.state).replaceAll('<', '\\u003c'))}
            </script>
            <script type="module">
              ${inlined(review.script)};
            </script>`
          : markup``
      }
    </body>
  </html>`;
}

function headline({ metrics: { overall } }: RunReport): Markup {
  const { resolved, strongPlausible, weakOnly, expectedIncorrect } = overall;
  const { reported, afterStrongEvidence, inflation } = resolved;
  const { expected, interval } = expectedIncorrect;
  const points = (value: number | null) => (value === null ? 'none' : `${value.toFixed(1)} points`);
  const counts = Object.entries(overall.outcomes).map(([outcome, ids]) => `${ids.length} ${outcome}`);
  return markup`<div class="headline">
      <div data-figure="headline/reported"><b>${percent(reported.rate)}</b>reported resolved</div>
      <div data-figure="headline/afterStrongEvidence"><b>${percent(afterStrongEvidence.rate)}</b>without strong evidence</div>
      <div data-figure="headline/inflation"><b>${points(inflation.strong)}</b>inflation by strong evidence</div>
      <div data-figure="headline/strongPlausible"><b>${strongPlausible.count} of ${strongPlausible.of}</b>plausible and judged patches have strong evidence against them</div>
      <div>
        <span data-figure="headline/expectedIncorrect"><b>${expectedNumber(expected)} of ${expectedIncorrect.of}</b>expected to be incorrect, by their scores</span>
        <small>${interval ? `95% interval ${interval.low} to ${interval.high}` : ''}</small>
      </div>
    </div>
    <p data-figure="headline/weakOnly">${weakOnly.count} more are weak only: each differs in ways that may not matter.</p>
    <p data-figure="headline/counts">${counts.join(' + ')} = ${overall.submitted} submitted.</p>`;
}

function table(): Markup {
  const selects = FILTERS.map(
    ([name, words]) =>
      markup`<label
        >${words}<select id="filter-${name}">
          <option value="">all</option>
        </select></label
      >`,
  );
  const heads = COLUMNS.map(
    ([name, words, kind]) =>
      markup`<th scope="col" class="${kind}" aria-sort="none">
        <button type="button" id="sort-${name}">${words}</button>
      </th>`,
  );
  return markup`<section aria-labelledby="pairs">
    <h2 id="pairs">Pairs</h2>
    <div class="filters">
      <label>Text<input id="filter-text" type="search" placeholder="instance, words (/)" /></label>
      ${selects}
      <button type="button" id="clear">Clear</button>
    </div>
    <p class="soft" id="shown" role="status">The details need JavaScript.</p>
    <div class="scroll" tabindex="0" role="region" aria-label="Table of pairs">
      <table>
        <thead>
          <tr>
            ${heads}
          </tr>
        </thead>
        <tbody id="rows"></tbody>
      </table>
    </div>
  </section>`;
}

function glossary(): Markup {
  const entries = [...Object.entries(OUTCOME_WORDS), ...Object.entries(GRADE_WORDS)];
  return markup`<details>
    <summary>What the words mean</summary>
    <dl class="glossary">
      ${entries.map(
        ([word, meaning]) =>
          markup`<dt>${word}</dt>
            <dd>${meaning}</dd>`,
      )}
    </dl>
  </details>`;
}
