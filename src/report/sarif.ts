import path from 'node:path';
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { jsonText } from '../platform/escape/json.js';
import { evidenceWord, STRONG_GRADES } from '../metrics/evidence.js';
import { GRADES, type Divergence, type Grade } from '../model/divergence.js';
import type { SourceLocation } from '../model/instance.js';
import type { RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';
import { divergenceFacts, type PairLinks } from './facts.js';
import { GRADE_WORDS } from './words.js';

const SCHEMA = 'https://json.schemastore.org/sarif-2.1.0.json';

/**
 * A run as SARIF 2.1.0: a result per divergence, and one per pair that only fails tests, each at the line of the
 * prediction.
 *
 * @param sourceOf where the prediction of a record stands; null when that is not known
 * @param root directory that locations are relative to
 */
export function renderSarif(
  { run, tool, records }: RunReport,
  links: PairLinks,
  sourceOf: (record: PairRecord) => SourceLocation | null,
  root: string,
): string {
  const results = records
    .filter(({ verdict }) => verdict.outcome === 'divergent')
    .flatMap((record) => resultsOf(record, links, locationOf(sourceOf(record), root)));
  const shard = run.shard === null ? '' : `/${run.shard.index}-${run.shard.of}`;
  const log: Log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'patchdiff',
            semanticVersion: tool.version,
            rules: GRADES.map(ruleOf),
          },
        },
        automationDetails: { id: `patchdiff/${run.id}${shard}` },
        columnKind: 'utf16CodeUnits',
        results,
      },
    ],
  };
  return `${jsonText(JSON.stringify(log, null, 1))}\n`;
}

const ruleOf = (grade: Grade): ReportingDescriptor => ({
  id: ruleId(grade),
  shortDescription: { text: `The candidate patch ${GRADE_WORDS[grade]}.` },
  defaultConfiguration: { level: levelOf(grade) },
});

function resultsOf(
  record: PairRecord,
  links: PairLinks,
  locations: NonNullable<Result['locations']>,
): Result[] {
  const pair = `${record.model} on ${record.instanceId}`;
  const evidence = evidenceWord(record);
  const common = {
    locations,
    properties: { model: record.model, instance: record.instanceId, evidence, score: record.score },
  };
  const signs = record.forgedTests?.signs ?? [];
  const failed = [
    ['forged-tests', signs.map(({ canary, answered }) => ({ id: `${canary} (${answered})` }))],
    ['fails-benchmark-tests', record.benchmarkFailures],
    ['fails-developer-tests', record.developerFailures],
  ] as const;
  return [
    ...failed
      .filter(([, failures]) => failures.length > 0)
      .map(([grade, failures]) => ({
        ...common,
        ...ruled(grade),
        message: { text: `${pair} ${GRADE_WORDS[grade]}: ${failures.map(({ id }) => id).join(', ')}` },
        partialFingerprints: { 'patchdiff/v1': `${record.model}/${record.instanceId}/${grade}` },
      })),
    ...record.divergences.map((divergence) => ({
      ...common,
      ...ruled(divergence.grade),
      message: {
        text: messageOf(evidence === 'weak only' ? `${evidence}: ${pair}` : pair, divergence, links),
      },
      partialFingerprints: { 'patchdiff/v1': `${record.model}/${record.instanceId}/${divergence.id}` },
    })),
  ];
}

function messageOf(pair: string, divergence: Divergence, links: PairLinks): string {
  const { explanation, grade, class: kind, program, answers, replay } = divergenceFacts(divergence, links);
  const said = answers.map(([name, text]) => `${name}: ${text}`);
  return [
    `${pair} ${grade} (${kind}).`,
    explanation,
    program,
    ...said,
    ...(replay === null ? [] : [replay]),
  ].join('\n');
}

function locationOf(source: SourceLocation | null, root: string): NonNullable<Result['locations']> {
  if (source === null) return [];
  const uri = path
    .relative(root, path.resolve(source.file))
    .split(path.sep)
    .map((part) => encodeURIComponent(part.replaceAll(/\p{Surrogate}/gu, '\ufffd')))
    .join('/');
  return [
    {
      physicalLocation: {
        artifactLocation: { uri, uriBaseId: '%SRCROOT%' },
        region: { startLine: source.line ?? 1 },
      },
    },
  ];
}

const ruled = (grade: Grade): Pick<Result, 'ruleId' | 'ruleIndex' | 'level'> => ({
  ruleId: ruleId(grade),
  ruleIndex: GRADES.indexOf(grade),
  level: levelOf(grade),
});

const ruleId = (grade: Grade): string => `patchdiff/${grade}`;

/** Grades that a reader need not look at. */
const NOTES: ReadonlySet<Grade> = new Set(['different-text', 'different-rounding', 'internal']);

function levelOf(grade: Grade): 'error' | 'warning' | 'note' {
  if (STRONG_GRADES.includes(grade)) return 'error';
  return NOTES.has(grade) ? 'note' : 'warning';
}
