import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ArgumentsCamelCase } from 'yargs';
import { audit } from '../../pipeline/audit.js';
import type { AuditContext } from '../../pipeline/context/audit-context.js';
import { UserError } from '../../model/errors.js';
import { sha256 } from '../../pipeline/judge/record.js';
import type { Instance, Prediction } from '../../model/instance.js';
import type { RunFacts } from '../../model/report.js';
import type { PairRecord, VerdictOutcome } from '../../model/verdict.js';
import type { PairLinks } from '../../report/facts.js';
import { renderCheckJson } from '../../report/json.js';
import { renderCheckMarkdown } from '../../report/markdown.js';
import { renderCheckText } from '../../report/text.js';
import { clone } from '../../trees/clone.js';
import { patchFromRevision, resolveCommit, type Repository } from '../../trees/repository.js';
import { resolveRepository } from '../../trees/source.js';
import { isFile } from '../../platform/file-kind.js';
import { RunFolder } from '../../runs/run-folder.js';
import { linksFrom } from '../../runs/write-report.js';
import type { ArgumentsOf, Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';
import { cacheDirectory } from '../../app/cache/cache.js';
import { openAudit } from '../../app/engine/open-audit.js';
import { replaySetting } from '../../app/execution/replay-setting.js';
import { auditOptions, ENGINE_OPTIONS } from '../options/options.js';
import { progressFor } from '../terminal/progress.js';
import { basisOf } from '../../app/execution/pair-work.js';
import { RunRecords } from '../../app/records/run-records.js';

const OPTIONS = {
  repo: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'Repository: directory, clone or git URL',
  },
  base: {
    type: 'string',
    requiresArg: true,
    default: 'HEAD',
    describe: 'Revision that both patches start from',
  },
  gold: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'Reference: patch file, commit or branch',
  },
  candidate: {
    type: 'string',
    requiresArg: true,
    demandOption: true,
    describe: 'Patch under test: file, commit or branch',
  },
  'test-patch': { type: 'string', requiresArg: true, describe: 'Patch that adds the tests of the fix' },
  issue: { type: 'string', requiresArg: true, describe: 'File with the issue text' },
  tests: { type: 'string', array: true, requiresArg: true, describe: 'Test files that reach the change' },
  out: {
    type: 'string',
    requiresArg: true,
    default: 'patchdiff-runs',
    describe: 'Folder for tests and records',
  },
  format: {
    choices: ['text', 'json', 'markdown'] as const,
    default: 'text' as const,
    describe: 'What to print',
  },
  ...ENGINE_OPTIONS,
} as const;

/** Folder of a check, below `--out`. */
const RUN_ID = 'check';

type CheckArguments = ArgumentsOf<typeof OPTIONS>;

export const checkCommand: Command<CheckArguments> = {
  command: 'check',
  describe: 'Compare one candidate patch with the gold patch',
  builder: (argv) => argv.options(OPTIONS),
  handler: async (argv, { stdout, stderr, signal }) => {
    const options = auditOptions(argv);
    const repository = await openRepositoryAt(argv.repo, signal);
    const instance = await instanceFrom(argv, repository);
    const patch = await patchText('--candidate', argv.candidate, argv.base, repository);
    const prediction = {
      instanceId: instance.instanceId,
      model: 'candidate',
      patch,
      source: { file: argv.candidate },
    };
    const folder = await RunFolder.open(argv.out, RUN_ID);
    const progress = progressFor(stderr, argv.quiet);
    const { context, close } = await openAudit({
      ...argv,
      runId: RUN_ID,
      trusted: false,
      reuse: false,
      instances: [],
      repositoryOf: () => Promise.resolve(repository),
      options,
      listen: progress.listen,
      tell: (line) => void stderr.write(`${line}\n`),
      signal,
    });
    try {
      if (!argv.quiet) stderr.write(`${context.engine.description}\n`);
      const records = await RunRecords.open(folder, basisOf(context), {
        ...replaySetting(argv, context, false),
        repositoryOf: () => Promise.resolve(repository.origin),
      });
      await records.expect(instance, prediction);
      let judged: PairRecord | undefined;
      await audit(
        [{ instance, predictions: [prediction], tests: argv.tests ?? [], judged: [] }],
        context,
        1,
        async (record) => {
          judged = record;
          await records.add(record);
        },
      );
      progress.stop();
      if (!judged) return EXIT.internal;
      await records.report(reportFacts(argv.gold, instance, prediction, context));
      stdout.write(RENDER[argv.format](judged, linksFrom('.', folder, [judged])));
      return EXIT_OF[judged.verdict.outcome];
    } finally {
      progress.stop();
      await close();
    }
  },
};

const RENDER: Readonly<
  Record<'text' | 'json' | 'markdown', (record: PairRecord, links: PairLinks) => string>
> = {
  text: renderCheckText,
  json: renderCheckJson,
  markdown: renderCheckMarkdown,
};

/** A check's report is that of a run of one pair, so that `replay` works on it. */
const reportFacts = (
  gold: string,
  instance: Instance,
  prediction: Prediction,
  { options, engine }: AuditContext,
): RunFacts => ({
  id: RUN_ID,
  startedAt: new Date().toISOString(),
  dataset: { path: gold, sha256: sha256(instance.goldPatch), instances: 1 },
  instances: [instance.instanceId],
  shard: null,
  submissions: [
    {
      model: prediction.model,
      files: [{ path: prediction.source.file, sha256: sha256(prediction.patch ?? '') }],
      submitted: [instance.instanceId],
      reported: null,
    },
  ],
  options: { ...options },
  engine: engine.description,
  seed: options.seed,
});

/** Exit status for each verdict. */
const EXIT_OF: Readonly<Record<VerdictOutcome, number>> = {
  consistent: EXIT.ok,
  divergent: EXIT.divergent,
  'not-applied': EXIT.usage,
  empty: EXIT.usage,
  unverifiable: EXIT.notJudged,
  'not-reached': EXIT.notJudged,
  'infra-error': EXIT.notJudged,
};

async function openRepositoryAt(repo: string, signal: AbortSignal): Promise<Repository> {
  const isUrl = /^[\w+.-]+:\/\/|^[\w.-]+@[\w.-]+:/.test(repo);
  if (isUrl) return clone(repo.replaceAll(/[^\w.-]+/g, '_'), repo, cacheDirectory('repositories'), signal);
  return resolveRepository(repo, { cacheDirectory: cacheDirectory('repositories'), signal });
}

/** The command line as an instance: no FAIL_TO_PASS, so that gold's own results are the measure. */
async function instanceFrom(
  argv: ArgumentsCamelCase<CheckArguments>,
  repository: Repository,
): Promise<Instance> {
  return {
    instanceId: path.basename(repository.name, '.git'),
    repo: repository.name,
    baseCommit: await resolveCommit(repository, argv.base),
    goldPatch: await patchText('--gold', argv.gold, argv.base, repository),
    testPatch: argv.testPatch === undefined ? '' : await inputFile('--test-patch', argv.testPatch),
    problemStatement: argv.issue === undefined ? '' : await inputFile('--issue', argv.issue),
    failToPass: [],
    passToPass: [],
    environment: {},
    source: { file: 'command line' },
  };
}

/** A patch file's text, or the difference that a commit or branch makes. */
async function patchText(
  option: string,
  value: string,
  base: string,
  repository: Repository,
): Promise<string> {
  if (await isFile(value)) return inputFile(option, value);
  try {
    return await patchFromRevision(repository, base, value);
  } catch (error) {
    throw new UserError(
      'patch-missing',
      `${option} ${value}: there is no such file, and it is no revision of ${repository.origin}`,
      'Give a patch file, a commit or a branch.',
      { cause: error },
    );
  }
}

async function inputFile(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UserError('file-missing', `${option} ${file} cannot be read`, 'Check the path.', {
      cause: error,
    });
  }
}
