import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { ROOT } from '../helpers/cli.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { MINI, readReport } from '../helpers/mini.js';

interface Action {
  readonly inputs: Record<string, { readonly default?: string }>;
  readonly outputs: Record<string, { readonly value: string }>;
  readonly runs: {
    readonly steps: { readonly id?: string; readonly run: string; readonly env: Record<string, string> }[];
  };
}
const action = parse(await readFile(path.join(ROOT, 'action.yml'), 'utf8')) as Action;

/** Runs the audit step of action.yml as a runner does: inputs into variables, files for what it tells back. */
async function runStep(given: Readonly<Record<string, string>>) {
  const directory = await temporaryDirectory();
  const bin = path.join(directory, 'bin');
  await mkdir(bin);
  await symlink(path.join(ROOT, 'bin/patchdiff.js'), path.join(bin, 'patchdiff'));
  const files = {
    GITHUB_OUTPUT: path.join(directory, 'output'),
    GITHUB_STEP_SUMMARY: path.join(directory, 'summary'),
  };
  for (const file of Object.values(files)) await writeFile(file, '');
  const step = action.runs.steps.find(({ id }) => id === 'run')!;
  const valueOf = (expression: string) => {
    const [, name = ''] = /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(expression) ?? [];
    expect(Object.keys(action.inputs)).toContain(name);
    return given[name] ?? action.inputs[name]?.default ?? '';
  };
  const inputs = Object.fromEntries(Object.entries(step.env).map(([name, value]) => [name, valueOf(value)]));
  const { exitCode, stdout, stderr } = await execa('bash', ['-e', '-o', 'pipefail', '-c', step.run], {
    cwd: directory,
    env: { ...inputs, ...files, GITHUB_ACTION_PATH: ROOT, PATH: `${bin}:${process.env['PATH'] ?? ''}` },
    reject: false,
  });
  const told = (await readFile(files.GITHUB_OUTPUT, 'utf8')).trim().split('\n').filter(Boolean);
  const outputs = Object.fromEntries(told.map((line) => line.split(/=(.*)/s, 2) as [string, string]));
  return {
    directory,
    exitCode,
    stdout,
    stderr,
    outputs,
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

const MINI_INPUTS = {
  dataset: MINI,
  engine: 'local',
  instances: 'mini__intervals-1\n mini__inicfg-3',
  workers: '2',
  budget: '60',
  sandbox: 'false',
};

describe('the action', () => {
  it('audits, tells every output, and fails as the gate says', async () => {
    const predictions = ['alpha', 'beta']
      .map((name) => path.join(MINI, `predictions/${name}.jsonl`))
      .join('\n');
    const sut = await runStep({
      ...MINI_INPUTS,
      predictions,
      sarif: 'true',
      'fail-on': 'strong',
    });
    const report = await readReport(path.join(sut.directory, sut.outputs['report']!));
    const divergent = report.metrics.overall.outcomes.divergent.length;
    expect(divergent).toBeGreaterThan(0);
    expect(sut.exitCode).toBe(1);
    expect(Object.keys(sut.outputs).sort()).toEqual(Object.keys(action.outputs).sort());
    expect(sut.outputs).toMatchObject({ divergent: String(divergent), incomplete: '0' });
    expect(Number(sut.outputs['resolved-before'])).toBe(report.metrics.overall.resolved.reported.rate);
    for (const name of ['html', 'sarif']) {
      expect((await readFile(path.join(sut.directory, sut.outputs[name]!), 'utf8')).length).toBeGreaterThan(
        1000,
      );
    }
    expect(sut.stdout).toMatch(/^::(error|warning) file=.*\.jsonl,line=\d+,title=/m);
    expect(sut.summary).toContain('# patchdiff');
  });

  it('passes nothing of an input to a shell', async () => {
    const evil = '$(touch pwned)`touch pwned`;touch pwned';
    const sut = await runStep({
      dataset: evil,
      predictions: evil,
      instances: evil,
      shard: evil,
      engine: 'local',
    });
    expect(sut.exitCode).toBe(2);
    await expect(readFile(path.join(sut.directory, 'pwned'))).rejects.toThrow('ENOENT');
  });

  it.each([
    [{ predictions: 'p' }, 'the input dataset is missing'],
    [{ dataset: 'd' }, 'the input predictions is missing'],
    [{ dataset: 'd', predictions: 'p', sarif: 'yes' }, 'the input sarif must be true or false'],
  ])('refuses %j', async (given, message) => {
    const { exitCode, stdout } = await runStep(given);
    expect([exitCode, stdout]).toEqual([2, `::error title=patchdiff::${message}`]);
  });
});
