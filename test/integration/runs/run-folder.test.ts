import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { execa } from 'execa';
import { diskError } from '../../../src/platform/disk-error.js';
import type { ReplayBundle } from '../../../src/model/replay.js';
import { ownerMark } from '../../../src/platform/ownership.js';
import { RunFolder } from '../../../src/runs/run-folder.js';
import { aRecord } from '../../helpers/builders.js';
import { writeFiles } from '../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { rejected } from '../../helpers/rejected.js';

const replay: ReplayBundle = {
  instance: {
    instanceId: 'i',
    repo: 'owner/name',
    baseCommit: 'HEAD',
    goldPatch: '',
    testPatch: '',
    problemStatement: '',
    failToPass: [],
    passToPass: [],
    environment: {},
    source: { file: 'dataset.jsonl', line: 1 },
  },
  prediction: { instanceId: 'i', model: 'm', patch: '', source: { file: 'predictions.jsonl', line: 1 } },
  repository: 'owner/name',
  engine: { name: 'local', image: null, python: null, sandbox: true, trusted: false },
  seed: 0,
};

describe(RunFolder, () => {
  let out: string;
  beforeEach(async () => {
    out = await temporaryDirectory();
  });

  it('gives back the records that were written, and the last one of a pair', async () => {
    const sut = await RunFolder.open(out, 'run');
    const one = { key: 'k1', replay, record: aRecord({ instanceId: 'i', model: 'org/m' }) };
    const other = { key: 'k2', replay, record: aRecord({ instanceId: 'i', model: 'org__m' }) };
    await sut.writeRecord({ ...one, key: 'older' });
    await sut.writeRecord(one);
    await sut.writeRecord(other);
    const again = await RunFolder.open(out, 'run');
    expect(await again.readRecords()).toHaveLength(2);
    expect(await again.readRecords()).toEqual(expect.arrayContaining([one, other]));
  });

  it('has no records at first', async () => {
    const sut = await RunFolder.open(out, 'run');
    expect(await sut.readRecords()).toEqual([]);
  });

  it('ignores what an interrupted write left and records of another version, and names a damaged one', async () => {
    const sut = await RunFolder.open(out, 'run');
    await writeFiles(out, { 'run/pairs/m/.i.json.tmp': '{"ver', 'run/pairs/m/old.json': '{"version":0}' });
    expect(await sut.readRecords()).toEqual([]);
    await writeFiles(out, { 'run/pairs/m/broken.json': '{"ver' });
    const error = await rejected(sut.readRecords());
    expect(error).toMatchObject({ code: 'record-damaged' });
    expect(error.message).toContain('broken.json');
  });

  it('keeps the paths of a pair inside the run', async () => {
    const sut = await RunFolder.open(out, 'run');
    const pair = { instanceId: '../../i', model: '..' };
    for (const file of [sut.testsDirectory(pair), sut.testFile(pair, '../d1'), sut.recordFile(pair)]) {
      expect(path.normalize(file)).toBe(file);
      expect(file.startsWith(`${sut.directory}${path.sep}`)).toBe(true);
    }
  });

  it('makes no folder for a run that is only read', async () => {
    const sut = RunFolder.at(path.join(out, 'run'));
    expect(await sut.readRecords()).toEqual([]);
    expect(await sut.readRecord({ instanceId: 'i', model: 'm' })).toBeNull();
    expect(await readdir(out)).toEqual([]);
  });

  it('removes the unfinished files of a killed process when it is opened to write, and not when it is read', async () => {
    const ended = execa('true');
    await ended;
    const left = `run/pairs/m/.i.json.${ownerMark().replace(/^\d+/, String(ended.pid))}-1`;
    const own = `run/pairs/m/.i.json.${ownerMark()}-1`;
    await writeFiles(out, { [left]: '{"ver', [own]: '{"ver' });
    const names = [path.basename(left), path.basename(own)].sort();
    await RunFolder.at(path.join(out, 'run')).readRecords();
    expect((await readdir(path.join(out, 'run/pairs/m'))).sort()).toEqual(names);
    await RunFolder.open(out, 'run');
    expect(await readdir(path.join(out, 'run/pairs/m'))).toEqual([path.basename(own)]);
  });

  it.each(['a/b', '..', '', '.x'])('refuses %j for a run id', async (id) => {
    expect(await rejected(RunFolder.open(out, id))).toMatchObject({ code: 'run-id-invalid' });
  });

  it('replaces a file whole and leaves no other file', async () => {
    const sut = await RunFolder.open(out, 'run');
    await sut.write('summary.md', 'old');
    await sut.write(sut.summaryFile, 'new');
    expect(await readFile(sut.summaryFile, 'utf8')).toBe('new');
    expect(await readdir(sut.directory)).toEqual(['summary.md']);
  });

  it('names the path that cannot be written and leaves nothing behind', async () => {
    const sut = await RunFolder.open(out, 'run');
    await writeFiles(out, { 'run/tests': 'a file where a folder should be', 'run/report.json/x': '' });
    const error = await rejected(sut.write('tests/x.py', 'x'));
    expect(error).toMatchObject({ name: 'InfraError', code: 'not-writable' });
    expect(error.message).toContain(path.join(sut.directory, 'tests/x.py'));
    await rejected(sut.write(sut.reportFile, 'a folder is there already'));
    expect((await readdir(sut.directory)).sort()).toEqual(['report.json', 'tests']);
  });

  it('refuses to open a run where nothing can be made', async () => {
    await writeFiles(out, { occupied: '' });
    expect(await rejected(RunFolder.open(path.join(out, 'occupied'), 'run'))).toMatchObject({
      code: 'not-writable',
    });
  });
});

describe(diskError, () => {
  it('knows a full disk', async () => {
    const error = diskError(await rejected(writeFile('/dev/full', 'x')), '/runs/report.json');
    expect(error).toMatchObject({ name: 'InfraError', code: 'disk-full' });
    expect(error.message).toContain('/runs/report.json');
  });

  it('leaves other errors alone', () => {
    const bug = new TypeError('x');
    expect(diskError(bug, 'f')).toBe(bug);
  });
});
