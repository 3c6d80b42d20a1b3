import type { RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';
import { divergenceFacts, type PairLinks } from './facts.js';
import { markup, Markup } from './markup.js';
import { OUTCOME_WORDS, REASON_WORDS } from './words.js';

/**
 * A run as JUnit XML: a suite per submission, a case per instance. Divergent pairs fail, pairs that could not be
 * judged are skipped, and failures of the machinery are errors.
 */
export function renderJunit({ run, records, metrics }: RunReport, links: PairLinks): string {
  const suites = metrics.submissions.map(({ model }) =>
    suite(
      model,
      run.startedAt,
      records.filter((record) => record.model === model),
      links,
    ),
  );
  const all = attributesOf(records);
  return (
    markup`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="patchdiff ${plain(run.id)}" ${all}>${suites}
</testsuites>`.text + '\n'
  );
}

function suite(model: string, startedAt: string, records: readonly PairRecord[], links: PairLinks): Markup {
  const cases = records.map(
    (record) => markup`
    <testcase classname="${plain(model)}" name="${plain(record.instanceId)}" time="${record.seconds.total.toFixed(3)}">${resultOf(record, links)}</testcase>`,
  );
  return markup`
  <testsuite name="${plain(model)}" timestamp="${startedAt.replace(/\..*$/, '')}" ${attributesOf(records)}>${cases}
  </testsuite>`;
}

/** The counts of a suite; XML attributes. */
function attributesOf(records: readonly PairRecord[]): Markup {
  const count = (kind: Result) => records.filter((record) => KINDS[record.verdict.outcome] === kind).length;
  const seconds = records.reduce((sum, record) => sum + record.seconds.total, 0);
  return new Markup(
    `tests="${records.length}" failures="${count('failure')}" errors="${count('error')}" skipped="${count('skipped')}" time="${seconds.toFixed(3)}"`,
  );
}

type Result = 'passed' | 'failure' | 'skipped' | 'error';

const KINDS: Readonly<Record<PairRecord['verdict']['outcome'], Result>> = {
  consistent: 'passed',
  divergent: 'failure',
  unverifiable: 'skipped',
  'not-reached': 'skipped',
  'not-applied': 'failure',
  empty: 'failure',
  'infra-error': 'error',
};

function resultOf(record: PairRecord, links: PairLinks): Markup {
  const { verdict } = record;
  const kind = KINDS[verdict.outcome];
  if (kind === 'passed') return markup``;
  const message = plain(
    verdict.outcome === 'unverifiable'
      ? `${REASON_WORDS[verdict.reason]}: ${verdict.detail}`
      : OUTCOME_WORDS[verdict.outcome],
  );
  if (kind === 'skipped') return markup`<skipped message="${message}"/>`;
  const open = new Markup(kind);
  return markup`<${open} type="${verdict.outcome}" message="${message}">${plain(evidenceOf(record, links))}</${open}>`;
}

function evidenceOf(record: PairRecord, links: PairLinks): string {
  const tests = [...record.benchmarkFailures, ...record.developerFailures].map(
    ({ id, gold, candidate }) => `${id}: ${gold} on gold, ${candidate} on the candidate`,
  );
  const divergences = record.divergences.map((divergence) => {
    const { title, grade, program, answers, replay } = divergenceFacts(divergence, links);
    return [title, grade, program, ...answers.map(([name, text]) => `${name}: ${text}`), replay ?? ''].join(
      '\n',
    );
  });
  return [...tests, ...divergences].join('\n\n');
}

/** Without the control characters that XML cannot hold. */
const plain = (text: string): string =>
  text.replaceAll(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/g,
    '\ufffd',
  );
