import { rm } from 'node:fs/promises';
import path from 'node:path';
import type { InstanceRequest } from '../audit/instance-audit.js';
import type { World } from '../audit/world.js';
import type { ReportedResolved } from '../benchmark/official-results.js';
import { computeRates } from '../metrics/rates.js';
import type { Divergence } from '../model/divergence.js';
import type { Instance, Prediction } from '../model/instance.js';
import type { ReplayBundle } from '../model/replay.js';
import type { FileFacts, RunReport } from '../model/report.js';
import type { PairRecord } from '../model/verdict.js';
import type { PairLinks } from '../report/facts.js';
import { renderReportJson } from '../report/json.js';
import { renderSummaryMarkdown } from '../report/markdown.js';
import { renderSummaryText } from '../report/text.js';
import { contentKey } from '../store/key.js';
import type { RunFolder, StoredRecord } from '../store/run-folder.js';
import { toolVersion } from '../version.js';

/** What a replay needs to know beyond the pair itself. */
export type ReplaySetting = Omit<ReplayBundle, 'instance' | 'prediction' | 'repository'> & {
  readonly repositoryOf: (instance: Instance) => Promise<string>;
};

/** What the report says of a run beside its records. */
export interface RunFacts {
  readonly id: string;
  readonly startedAt: Date;
  readonly dataset: FileFacts;
  readonly instances: readonly Instance[];
  readonly predictions: readonly Prediction[];
  readonly predictionFiles: RunReport['run']['predictions'];
  readonly reported: ReadonlyMap<string, ReportedResolved>;
}

/**
 * The records of a run, on disk as soon as they exist. A pair whose record was computed from the same
 * content, whatever run that was, is not computed again; one that failed for want of infrastructure is.
 */
export class RunRecords {
  readonly #records = new Map<string, PairRecord>();
  readonly #bundles = new Map<string, ReplayBundle>();

  private constructor(
    private readonly folder: RunFolder,
    private readonly world: World,
    private readonly setting: ReplaySetting,
    private readonly stored: ReadonlyMap<string, StoredRecord>,
  ) {}

  static async open(folder: RunFolder, world: World, setting: ReplaySetting): Promise<RunRecords> {
    const stored = new Map((await folder.readRecords()).map((one) => [one.key, one]));
    return new RunRecords(folder, world, setting, stored);
  }

  /** Pairs found on disk. */
  get reused(): number {
    return this.#reused;
  }
  #reused = 0;

  /** The requests without the pairs whose records are already there. */
  async missing(requests: readonly InstanceRequest[]): Promise<InstanceRequest[]> {
    const missing: InstanceRequest[] = [];
    for (const request of requests) {
      const predictions: Prediction[] = [];
      for (const prediction of request.predictions) {
        await this.expect(request.instance, prediction);
        const known = this.stored.get(await this.#key(request.instance, prediction));
        if (known && known.record.verdict.outcome !== 'infra-error') {
          this.#records.set(pairKey(known.record), known.record);
          this.#reused += 1;
        } else {
          predictions.push(prediction);
        }
      }
      if (predictions.length > 0) missing.push({ ...request, predictions });
    }
    return missing;
  }

  /** Announces a pair whose record is going to be added. */
  async expect(instance: Instance, prediction: Prediction): Promise<void> {
    const { repositoryOf, ...setting } = this.setting;
    const bundle = { ...setting, instance, prediction, repository: await repositoryOf(instance) };
    this.#bundles.set(pairKey(prediction), bundle);
  }

  /** Writes the record of an announced pair, and its tests. */
  async add(record: PairRecord): Promise<void> {
    const replay = this.#bundles.get(pairKey(record));
    if (!replay) throw new Error(`no such pair in this run: ${record.model} ${record.instanceId}`);
    const { instance, prediction } = replay;
    await rm(this.folder.testsDirectory(record), { recursive: true, force: true });
    for (const { id, test } of record.divergences) {
      if (test) await this.folder.write(this.#testFile(record, id), test.source);
    }
    await this.folder.writeRecord({ key: await this.#key(instance, prediction), record, replay });
    this.#records.set(pairKey(record), record);
  }

  /** Writes `report.json` and `summary.md` from the records there are, and gives the summary for a terminal. */
  async report(facts: RunFacts): Promise<string> {
    const records = [...this.#records.values()].sort((a, b) => (pairKey(a) < pairKey(b) ? -1 : 1));
    const models = [...new Set(facts.predictions.map(({ model }) => model))];
    const submissions = models.map((model) => ({
      model,
      submitted: facts.predictions.filter((one) => one.model === model).map(({ instanceId }) => instanceId),
      reported: facts.reported.get(model) ?? null,
    }));
    const report: RunReport = {
      schemaVersion: 1,
      tool: { name: 'patchdiff', version: toolVersion(), probe: this.world.probe },
      run: {
        id: facts.id,
        startedAt: facts.startedAt.toISOString(),
        finishedAt: new Date().toISOString(),
        dataset: { ...facts.dataset, instances: facts.instances.length },
        predictions: facts.predictionFiles,
        options: { ...this.world.options },
        engine: this.world.engine.description,
        seed: this.world.options.seed,
      },
      records,
      metrics: computeRates(
        records,
        submissions,
        facts.instances.map(({ instanceId }) => instanceId),
      ),
    };
    await this.folder.write(this.folder.reportFile, renderReportJson(report));
    await this.folder.write(
      this.folder.summaryFile,
      renderSummaryMarkdown(report, this.linksFrom(this.folder.directory)),
    );
    return renderSummaryText(report);
  }

  /** Paths of tests, relative to `directory`, and replay commands. */
  linksFrom(directory: string): PairLinks {
    const owner = (divergence: Divergence) =>
      [...this.#records.values()].find((record) => record.divergences.includes(divergence));
    return {
      testPath: (divergence) => {
        const record = divergence.test && owner(divergence);
        return record ? path.relative(directory, this.#testFile(record, divergence.id)) : null;
      },
      replayCommand: ({ id }) =>
        `patchdiff replay ${path.relative(process.cwd(), this.folder.reportFile)} --divergence ${id}`,
    };
  }

  #testFile(record: PairRecord, id: string): string {
    return path.join(this.folder.testsDirectory(record), `test_${id}.py`);
  }

  async #key(instance: Instance, prediction: Prediction): Promise<string> {
    const { source, ...row } = instance;
    return contentKey({
      row,
      model: prediction.model,
      patch: prediction.patch,
      options: this.world.options,
      environment: await this.world.identify(instance),
      engine: this.world.engine.name,
      tool: toolVersion(),
    });
  }
}

const pairKey = ({ model, instanceId }: { readonly model: string; readonly instanceId: string }): string =>
  JSON.stringify([model, instanceId]);
