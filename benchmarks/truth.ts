import { publish } from './bench/result.js';
import { scoreQuality } from './bench/truth/quality.js';
import { table } from './bench/table.js';
import { readTruthArguments } from './bench/truth/arguments.js';
import { disagreementsOf, disagreementText, gradeCell, unjudgedRow } from './bench/truth/disagreements.js';
import { readJoin, scoredOf } from './bench/truth/read.js';
import { measureFigures, repositoryTable, saidTable, scoreTables, totalTable } from './bench/truth/tables.js';

const given = readTruthArguments(process.argv.slice(2));
const { joined, missing, otherText, unlabelled } = await readJoin(given);
const figures = measureFigures(joined);
const quality = scoreQuality(scoredOf(joined));
const disagreements = disagreementsOf(joined);
const unjudged = joined.filter(({ said }) => said === 'not judged');
const section = (title: string, rows: readonly unknown[], text: string) =>
  rows.length === 0 ? `${title}: none` : `${title} (${rows.length}):\n\n${text}`;
await publish(
  'truth',
  { python: 'python3', out: given.out },
  [
    `${joined.length} of ${joined.length + missing.length} labels have a record; ${unlabelled} records have no label.`,
    saidTable(joined),
    totalTable(figures),
    repositoryTable(joined),
    ...scoreTables(quality),
    section(
      'not judged',
      unjudged,
      table(['label', 'submission', 'is', 'why it was not judged'], unjudged.map(unjudgedRow)),
    ),
    section('disagreements', disagreements, disagreements.map(disagreementText).join('\n\n')),
    section('labels without a record', missing, missing.map(({ id }) => id).join(', ')),
    section(
      'labels joined by the name of the submission, whose patch has another hash',
      otherText,
      otherText.map(({ id }) => id).join(', '),
    ),
  ],
  {
    runs: given.runs,
    labels: given.labels,
    figures,
    score: quality,
    patches: joined.map(({ label, record, said }) => ({
      id: label.id,
      model: record.model,
      label: label.label,
      said,
      grade: gradeCell(record),
      score: record.score,
    })),
    disagreements,
    unjudged: unjudged.map(unjudgedRow),
    missing: missing.map(({ id }) => id),
    otherText: otherText.map(({ id }) => id),
  },
);
