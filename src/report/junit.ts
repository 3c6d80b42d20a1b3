import XmlBuilder from 'fast-xml-builder';
import { evidenceWord } from '../metrics/evidence.js';
import type { RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';
import { forgeryLines } from './tampering-words.js';
import { printable } from '../platform/escape/terminal.js';
import { xmlText } from '../platform/escape/xml.js';
import { divergenceFacts, type PairLinks } from './facts.js';
import { OUTCOME_WORDS, REASON_WORDS, verdictSentence } from './words.js';

const ATTRIBUTE = '@';
const TEXT = '#text';
const BUILDER = new XmlBuilder({
  attributeNamePrefix: ATTRIBUTE,
  textNodeName: TEXT,
  ignoreAttributes: false,
  suppressBooleanAttributes: false,
  suppressEmptyNode: true,
  format: true,
});

/** An element as the builder takes it: attributes, text and child elements by name. */
type Element = Readonly<Record<string, unknown>>;

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
  const xml = BUILDER.build({
    '?xml': attributes({ version: '1.0', encoding: 'UTF-8' }),
    testsuites: {
      ...attributes({ name: `patchdiff ${run.id}`, ...totals(records) }),
      testsuite: suites,
    },
  });
  return printable(xml); // XML has no control characters
}

const suite = (
  model: string,
  startedAt: string,
  records: readonly PairRecord[],
  links: PairLinks,
): Element => ({
  ...attributes({ name: model, timestamp: startedAt.replace(/\..*$/, ''), ...totals(records) }),
  testcase: records.map((record) => ({
    ...attributes({ classname: model, name: record.instanceId, time: record.seconds.total.toFixed(3) }),
    ...resultOf(record, links),
  })),
});

/** The counts and the seconds of a suite, as attributes. */
function totals(records: readonly PairRecord[]): Readonly<Record<string, string>> {
  const count = (kind: Result) => records.filter((record) => KINDS[record.verdict.outcome] === kind).length;
  const seconds = records.reduce((sum, record) => sum + record.seconds.total, 0);
  return {
    tests: String(records.length),
    failures: String(count('failure')),
    errors: String(count('error')),
    skipped: String(count('skipped')),
    time: seconds.toFixed(3),
  };
}

type Result = 'passed' | 'failure' | 'skipped' | 'error';

const KINDS: Readonly<Record<PairRecord['verdict']['outcome'], Result>> = {
  consistent: 'passed',
  divergent: 'failure',
  unverifiable: 'skipped',
  'not-reached': 'skipped',
  'not-applied': 'failure',
  empty: 'failure',
  'invalid-row': 'error',
  'infra-error': 'error',
};

function resultOf(record: PairRecord, links: PairLinks): Element {
  const { verdict } = record;
  const kind = KINDS[verdict.outcome];
  if (kind === 'passed') return {};
  const message =
    verdict.outcome === 'unverifiable'
      ? `${REASON_WORDS[verdict.reason]}: ${verdict.detail}`
      : evidenceWord(record) === 'weak only'
        ? verdictSentence(record)
        : OUTCOME_WORDS[verdict.outcome];
  if (kind === 'skipped') return { skipped: attributes({ message }) };
  const text = xmlText(evidenceOf(record, links));
  return { [kind]: { ...attributes({ type: verdict.outcome, message }), [TEXT]: text } };
}

function evidenceOf(record: PairRecord, links: PairLinks): string {
  const tests = [...record.benchmarkFailures, ...record.developerFailures].map(
    ({ id, gold, candidate }) => `${id}: ${gold} on gold, ${candidate} on the candidate`,
  );
  const divergences = record.divergences.map((divergence) => {
    const { title, explanation, grade, program, answers, replay } = divergenceFacts(divergence, links);
    return [
      title,
      explanation,
      grade,
      program,
      ...answers.map(([name, text]) => `${name}: ${text}`),
      replay ?? '',
    ].join('\n');
  });
  const forged = record.forgedTests === null ? [] : forgeryLines(record.forgedTests);
  return [...forged, ...tests, ...divergences].join('\n\n');
}

const attributes = (values: Readonly<Record<string, string>>): Element =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [`${ATTRIBUTE}${name}`, xmlText(value)]));
