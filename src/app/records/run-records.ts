import { rm } from 'node:fs/promises';
import type { InstanceRequest } from '../../model/instance-request.js';
import type { AuditOptions } from '../../model/options.js';
import type { Instance, Prediction } from '../../model/instance.js';
import type { ReplayBundle } from '../../model/replay.js';
import type { RunFacts, RunReport } from '../../model/report.js';
import type { PairRecord } from '../../model/verdict.js';
import { pairRecord } from '../../pipeline/judge/record.js';
import { pairKey, runReport } from '../../report/run-report.js';
import { contentKey } from '../../platform/content-key.js';
import { LabelFolder } from '../../runs/label-folder.js';
import type { RunFolder, StoredRecord } from '../../runs/run-folder.js';
import { writeReport } from '../../runs/write-report.js';
import type { UnreadPair } from '../inputs/run-inputs.js';
import { toolVersion } from '../../platform/version.js';

/** What a replay needs to know beyond the pair itself. */
export type ReplaySetting = Omit<ReplayBundle, 'instance' | 'prediction' | 'repository'> & {
  readonly repositoryOf: (instance: Instance) => Promise<string>;
};

/** What every record of a run depends on, beyond its row and patch. */
export interface RecordBasis {
  readonly options: AuditOptions;
  readonly probe: string;
  /** Everything that identifies where an instance is run. */
  readonly environmentOf: (instance: Instance) => Promise<unknown>;
}

/** Which of the pairs on disk are computed again: those for which the infrastructure failed, all, or none. */
export type Retry = 'errors' | 'all' | 'none';

/**
 * The records of a run, on disk as soon as they exist. A pair whose record was computed from the same
 * content is not computed again, unless the user wants to retry it.
 */
export class RunRecords {
  readonly #records = new Map<string, PairRecord>();
  readonly #bundles = new Map<string, ReplayBundle>();

  private constructor(
    private readonly folder: RunFolder,
    private readonly basis: RecordBasis,
    private readonly setting: ReplaySetting,
    private readonly stored: ReadonlyMap<string, StoredRecord>,
  ) {}

  static async open(folder: RunFolder, basis: RecordBasis, setting: ReplaySetting): Promise<RunRecords> {
    const stored = new Map((await folder.readRecords()).map((one) => [one.key, one]));
    return new RunRecords(folder, basis, setting, stored);
  }

  /** Pairs found on disk. */
  get reused(): number {
    return this.#reused;
  }
  #reused = 0;

  /** The requests without the pairs whose records are already there; these are passed along as known. */
  async missing(requests: readonly InstanceRequest[], retry: Retry): Promise<InstanceRequest[]> {
    const missing: InstanceRequest[] = [];
    for (const request of requests) {
      const predictions: Prediction[] = [];
      const judged: PairRecord[] = [];
      for (const prediction of request.predictions) {
        await this.expect(request.instance, prediction);
        const known = await this.#storedFor(request.instance, prediction);
        if (known && isKept(known.record, retry)) {
          this.#records.set(pairKey(known.record), known.record);
          judged.push(known.record);
          this.#reused += 1;
        } else {
          predictions.push(prediction);
        }
      }
      if (predictions.length > 0) missing.push({ ...request, predictions, judged });
    }
    return missing;
  }

  /**
   * The record on disk that was computed from the content of a pair. The environment is looked up only where
   * the pair has a record, as identifying an image may mean pulling it.
   */
  async #storedFor(instance: Instance, prediction: Prediction): Promise<StoredRecord | undefined> {
    this.#pairs ??= new Set([...this.stored.values()].map(({ record }) => pairKey(record)));
    if (!this.#pairs.has(pairKey(prediction))) return undefined;
    return this.stored.get(await this.#key(instance, prediction));
  }
  #pairs: ReadonlySet<string> | undefined;

  /** Announces a pair whose record is going to be added. */
  async expect(instance: Instance, prediction: Prediction): Promise<void> {
    const { repositoryOf, ...setting } = this.setting;
    const bundle = { ...setting, instance, prediction, repository: await repositoryOf(instance) };
    this.#bundles.set(pairKey(prediction), bundle);
  }

  /** Writes the record of an announced pair, and its tests. */
  async add(record: PairRecord): Promise<void> {
    const bundle = this.#bundles.get(pairKey(record));
    if (!bundle) throw new Error(`no such pair in this run: ${record.model} ${record.instanceId}`);
    const { instance, prediction } = bundle;
    const replay = { ...bundle, engine: { ...bundle.engine, name: record.environment.engine } };
    await rm(this.folder.testsDirectory(record), { recursive: true, force: true });
    for (const { id, test } of record.divergences) {
      if (test) await this.folder.write(this.folder.testFile(record, id), test.source);
    }
    await this.folder.writeRecord({ key: await this.#key(instance, prediction), record, replay });
    this.#records.set(pairKey(record), record);
  }

  /** Writes the record of a pair that is not run, since its row or its prediction cannot be read. */
  async addUnread(
    { instance, prediction, problem }: UnreadPair,
    { engine, probe, seed }: { engine: 'docker' | 'local'; probe: string; seed: number },
  ): Promise<void> {
    const environment = { engine, image: null, python: 'unknown', probe };
    const record = pairRecord(
      { prediction, goldPatch: instance.goldPatch, environment, seed },
      { verdict: { outcome: 'invalid-row', detail: problem } },
    );
    const { repositoryOf, ...setting } = this.setting;
    const replay = { ...setting, instance, prediction, repository: instance.repo };
    await rm(this.folder.testsDirectory(record), { recursive: true, force: true });
    await this.folder.writeRecord({ key: contentKey({ unread: problem }), record, replay });
    this.#records.set(pairKey(record), record);
  }

  /** Writes `report.json` and `summary.md` from the records there are. */
  async report(run: RunFacts): Promise<RunReport> {
    const tool = { name: 'patchdiff', version: toolVersion(), probe: this.basis.probe } as const;
    const review = await new LabelFolder(this.folder.directory).read();
    const report = runReport(run, tool, [...this.#records.values()], review);
    await writeReport(this.folder, report);
    return report;
  }

  async #key(instance: Instance, prediction: Prediction): Promise<string> {
    const { source, ...row } = instance;
    return contentKey({
      row,
      model: prediction.model,
      patch: prediction.patch,
      options: this.basis.options,
      environment: await this.basis.environmentOf(instance),
      tool: toolVersion(),
    });
  }
}

function isKept({ verdict }: PairRecord, retry: Retry): boolean {
  return retry === 'none' || (retry === 'errors' && verdict.outcome !== 'infra-error');
}
