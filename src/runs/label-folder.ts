import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import stringify from 'safe-stable-stringify';
import type { z } from 'zod';
import { UserError } from '../model/errors.js';
import { labelSchema, sampleSchema, type Label, type Review, type Sample } from '../model/label.js';
import type { PairName } from '../model/pair-name.js';
import { fileName } from '../platform/escape/file-name.js';
import { writeWhole } from '../platform/write-file.js';

/**
 * `labels/` in the folder of a run: a file of lines per reviewer, sorted by pair, so that two reviewers never write
 * the same file and a merge of one reviewer's work is one of lines; and the sample.
 */
export class LabelFolder {
  readonly #directory: string;
  readonly #sampleFile: string;
  /** The last write; writes run one after the other, since each rewrites its file. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(runDirectory: string) {
    this.#directory = path.join(runDirectory, 'labels');
    this.#sampleFile = path.join(this.#directory, 'sample.json');
  }

  /** Where a reviewer's labels are. */
  fileOf(reviewer: string): string {
    return path.join(this.#directory, `${fileName(reviewer)}.jsonl`);
  }

  /** All labels, and the sample. @throws UserError `labels-damaged` naming file and line */
  async read(): Promise<Review> {
    const names = await readdir(this.#directory).catch(() => []);
    const files = names.filter((name) => name.endsWith('.jsonl') && !name.startsWith('.')).sort();
    const labels = await Promise.all(files.map((name) => readLabels(path.join(this.#directory, name))));
    return { labels: latest(labels.flat()), sample: await this.#readSample() };
  }

  /** Writes a label in place of an earlier one of the same reviewer for the pair. */
  async save(label: Label): Promise<void> {
    await this.#inTurn(async () => {
      const file = this.fileOf(label.reviewer);
      await writeLabels(file, [...(await readLabels(file)), label]);
    });
  }

  /** Removes a reviewer's label of a pair. */
  async remove(reviewer: string, { model, instanceId }: PairName): Promise<void> {
    await this.#inTurn(async () => {
      const file = this.fileOf(reviewer);
      const kept = (await readLabels(file)).filter(
        (one) => one.model !== model || one.instanceId !== instanceId,
      );
      await writeLabels(file, kept);
    });
  }

  /** Adds the labels of another run, such as a shard; a sample stays with the run that it was drawn from. */
  async take(others: readonly Label[]): Promise<void> {
    for (const label of others) await this.save(label);
  }

  async writeSample(sample: Sample): Promise<void> {
    await writeWhole(this.#sampleFile, `${stringify(sample, null, 1)}\n`);
  }

  async #readSample(): Promise<Sample | null> {
    const text = await readOptional(this.#sampleFile);
    return text === null ? null : parsed(sampleSchema, text, this.#sampleFile);
  }

  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    await turn;
  }
}

async function readLabels(file: string): Promise<Label[]> {
  const lines = ((await readOptional(file)) ?? '').split('\n');
  return lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [parsed(labelSchema, line, `line ${index + 1} of ${file}`)],
  );
}

async function writeLabels(file: string, labels: readonly Label[]): Promise<void> {
  await writeWhole(
    file,
    latest(labels)
      .map((label) => `${stringify(label)}\n`)
      .join(''),
  );
}

/** One label per reviewer and pair, the one given last, sorted by pair. */
function latest(labels: readonly Label[]): Label[] {
  const key = ({ instanceId, model, reviewer }: Label) => JSON.stringify([instanceId, model, reviewer]);
  const kept = new Map<string, Label>();
  for (const label of labels) {
    const known = kept.get(key(label));
    if (!known || known.at <= label.at) kept.set(key(label), label);
  }
  return [...kept].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, label]) => label);
}

async function readOptional(file: string): Promise<string | null> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  });
}

function parsed<T>(schema: z.ZodType<T>, text: string, where: string): T {
  const damaged = (why: string) =>
    new UserError(
      'labels-damaged',
      `${where} cannot be read: ${why}`,
      'Correct or remove the line; it may come from a merge conflict.',
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw damaged('it is not JSON');
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw damaged(`${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}
