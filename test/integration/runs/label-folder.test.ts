import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { LabelFolder } from '../../../src/runs/label-folder.js';
import { aLabel } from '../../helpers/builders.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';

let directory: string;
let sut: LabelFolder;
beforeEach(async () => {
  directory = await temporaryDirectory();
  sut = new LabelFolder(directory);
});

describe(LabelFolder, () => {
  it('has nothing before anybody labels', async () => {
    expect(await sut.read()).toEqual({ labels: [], sample: null });
    expect(await readdir(directory)).toEqual([]);
  });

  it('keeps a line per pair, sorted, in a file per reviewer', async () => {
    await sut.save(aLabel('b', 'correct', { reviewer: 'x/y' }));
    await Promise.all([
      sut.save(aLabel('b', 'correct')),
      sut.save(aLabel('a', 'unclear')),
      sut.save(aLabel('b', 'incorrect', { note: 'line\ntwo', at: '2026-01-03T00:00:00.000Z' })),
    ]);
    const lines = (await readFile(sut.fileOf('ada'), 'utf8')).trim().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { instanceId: string }).instanceId)).toEqual(['a', 'b']);
    const { labels } = await new LabelFolder(directory).read();
    expect(labels.map(({ instanceId, reviewer, label }) => [instanceId, reviewer, label])).toEqual([
      ['a', 'ada', 'unclear'],
      ['b', 'ada', 'incorrect'],
      ['b', 'x/y', 'correct'],
    ]);
  });

  it('takes a label back', async () => {
    await sut.save(aLabel('a', 'unclear'));
    await sut.save(aLabel('b', 'unclear'));
    await sut.remove('ada', { model: 'm', instanceId: 'a' });
    expect((await sut.read()).labels.map(({ instanceId }) => instanceId)).toEqual(['b']);
  });

  it('takes the later one where both lines of a merge are there', async () => {
    await sut.save(aLabel('a', 'correct', { at: '2026-01-05T00:00:00.000Z' }));
    await sut.take([aLabel('a', 'incorrect'), aLabel('c', 'incorrect')]);
    expect((await sut.read()).labels.map(({ label }) => label)).toEqual(['correct', 'incorrect']);
  });

  it('keeps the sample', async () => {
    const sample = { seed: 3, population: 9, pairs: [{ model: 'm', instanceId: 'a' }] };
    await sut.writeSample(sample);
    expect((await sut.read()).sample).toEqual(sample);
  });

  it.each([
    ['<<<<<<< HEAD', /line 2 of .*ada\.jsonl cannot be read: it is not JSON/],
    ['{"model":"m"}', /line 2 of .*ada\.jsonl cannot be read: \w+ /],
  ])('names the line that it cannot read: %s', async (line, message) => {
    await mkdir(path.join(directory, 'labels'));
    await writeFile(sut.fileOf('ada'), `${JSON.stringify(aLabel('a', 'correct'))}\n${line}\n`);
    await expect(sut.read()).rejects.toMatchObject({
      code: 'labels-damaged',
      message: expect.stringMatching(message) as string,
    });
  });
});
