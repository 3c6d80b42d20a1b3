import path from 'node:path';
import { execa } from 'execa';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../helpers/cli.js';
import { writeFiles } from '../helpers/git-fixtures.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { readReport } from '../helpers/mini.js';
import { timeless } from '../helpers/timeless.js';

/** A folder of a user with nothing in it but the package, as `npm pack` makes it. */
let folder: string;

/** Without what `npm test` tells its scripts, such as the folder that npm works on. */
const ENVIRONMENT = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

/** Runs a program as a user of the package would. */
const inFolder = (command: string, ...args: readonly string[]) =>
  execa(command, args, {
    cwd: folder,
    env: { ...ENVIRONMENT, XDG_CACHE_HOME: path.join(folder, 'cache') },
    extendEnv: false,
    reject: false,
  });

beforeAll(async () => {
  folder = await temporaryDirectory();
  const packed = await execa('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: ROOT, // which was built before the first of these tests
    env: ENVIRONMENT,
    extendEnv: false,
  });
  const tarball = packed.stdout.split('\n').at(-1) ?? '';
  await writeFiles(folder, { 'package.json': '{"private": true, "type": "module"}' });
  const quick = ['--prefer-offline', '--no-audit', '--no-fund'];
  const installed = await inFolder('npm', 'install', ...quick, path.join(folder, tarball));
  if (installed.exitCode !== 0) throw new Error(`npm install needs the registry: ${installed.stderr}`);
});

describe('the package', () => {
  it('brings the command', async () => {
    const { version } = (await import('../../package.json', { with: { type: 'json' } })).default;
    expect(await inFolder('npx', 'patchdiff', '--version')).toMatchObject({ exitCode: 0, stdout: version });
    const help = await inFolder('npx', 'patchdiff', 'run', '--help');
    expect(help).toMatchObject({ exitCode: 0, stderr: '' });
    expect(help.stdout).toContain('Where patches run:');
  });

  it('audits alike from the command line and from a program', async () => {
    // The budget is one that no machine exceeds, as what is compared must not depend on time.
    const dataset = 'node_modules/patchdiff/benchmarks/mini';
    const options = [
      '-i',
      'mini__inicfg-1',
      '--engine',
      'local',
      '--mutants',
      '200',
      '--budget',
      '900',
      '--no-reuse',
      '-q',
    ];
    const run = await inFolder('npx', 'patchdiff', 'run', dataset, ...options, '--out', 'cli');
    expect(run).toMatchObject({ exitCode: 0, stderr: '' });
    await writeFiles(folder, {
      'audit.js': `
        import { auditRun, UserError } from 'patchdiff';
        const options = { instances: ['mini__inicfg-1'], engine: 'local', mutants: 200, budget: 900, reuse: false, out: 'library' };
        const events = [];
        const { report } = await auditRun(
          { dataset: '${dataset}', ...options },
          { onEvent: ({ type }) => events.push(type) },
        );
        const refused = await auditRun({ dataset: 'no-such.jsonl' }).catch((error) => error instanceof UserError);
        console.log(JSON.stringify({ pairs: report.records.length, judged: events.filter((one) => one === 'judged').length, refused }));
      `,
    });
    const program = await inFolder(process.execPath, 'audit.js');
    expect(program).toMatchObject({ exitCode: 0, stderr: '' });
    expect(JSON.parse(program.stdout)).toEqual({ pairs: 2, judged: 2, refused: true });
    const reports = ['cli', 'library'].map((out) => readReport(path.join(folder, out, 'run', 'report.json')));
    const [cli, library] = await Promise.all(reports);
    expect(timeless(library!)).toBe(timeless(cli!));
  });

  it('tells a compiler its types', async () => {
    await writeFiles(folder, {
      'typed.ts': `
        import { checkPair, type AuditEvent, type PairRecord } from 'patchdiff';
        export const verdictOf = async (signal: AbortSignal): Promise<PairRecord['verdict']> => {
          const onEvent = (event: AuditEvent) => void event.type;
          const { record } = await checkPair({ repo: '.', gold: 'gold', candidate: 'other' }, { onEvent, signal });
          return record.verdict;
        };
        // @ts-expect-error: an engine that does not exist
        export const wrong = checkPair({ repo: '.', gold: 'gold', candidate: 'other', engine: 'cloud' });
      `,
    });
    const options = ['--strict', '--noEmit', '--skipLibCheck', '--module', 'nodenext', '--target', 'es2022'];
    const tsc = await inFolder(path.join(ROOT, 'node_modules/.bin/tsc'), ...options, 'typed.ts');
    expect(tsc).toMatchObject({ exitCode: 0, stdout: '' });
  });
});
