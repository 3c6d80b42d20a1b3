import type { Instance } from '../model/instance.js';
import type { ResultStore, SeenPatch } from '../model/result-store.js';
import type { PairRecord } from '../model/verdict.js';
import { contentKey } from '../platform/content-key.js';
import { emptyRecord, type PairFacts } from './judge/record.js';
import type { World } from './context/audit-context.js';

/**
 * Results of one instance, from any run. A result is that of a row, the effect of a patch, the commit, the
 * environment, the options and the build of patchdiff: if any of these is another, so is the key.
 */
export class Reuse {
  private constructor(
    private readonly store: ResultStore,
    private readonly content: string,
  ) {}

  /** Null when nothing may be reused, or where the content cannot be told. */
  static async of(instance: Instance, world: World): Promise<Reuse | null> {
    if (world.results === null) return null;
    const place = await world.contentOf(instance);
    if (place === null) return null;
    const { source, ...row } = instance;
    return new Reuse(
      world.results,
      contentKey({ row, place, options: world.options, probe: world.probe, program: world.program }),
    );
  }

  /** What the patch of a prediction was seen to do to this tree. */
  seen({ prediction }: PairFacts): Promise<SeenPatch | null> {
    return this.store.seen(this.#patchKey(prediction.patch));
  }

  /** The record of a patch that did this to the tree, as one of the given pair. */
  async result(facts: PairFacts, { effect, strategy }: SeenPatch): Promise<PairRecord | null> {
    const known = await this.store.result(this.#resultKey(effect));
    if (!known) return null;
    const { model, hygiene, hashes } = emptyRecord(facts, known.verdict);
    return {
      ...known,
      model,
      hygiene,
      hashes: { ...known.hashes, candidatePatch: hashes.candidatePatch },
      applied: { ...known.applied, candidate: strategy },
    };
  }

  /** Keeps a record, if another run in the same circumstances must come to the same. */
  async keep({ prediction }: PairFacts, record: PairRecord): Promise<void> {
    const { candidateEffect: effect } = record.hashes;
    const { candidate: strategy } = record.applied;
    if (effect === null || strategy === null || !isLasting(record)) return;
    if (record.reusedFrom === null) await this.store.keepResult(this.#resultKey(effect), record);
    await this.store.keepSeen(this.#patchKey(prediction.patch), { effect, strategy });
  }

  #patchKey(patch: string | null): string {
    return contentKey({ content: this.content, patch });
  }

  #resultKey(effect: string): string {
    return contentKey({ content: this.content, effect });
  }
}

/** A failure, a search that time cut short and what could not be judged may come out otherwise next time. */
function isLasting({ verdict: { outcome }, budgetCut }: PairRecord): boolean {
  return !budgetCut && (outcome === 'consistent' || outcome === 'divergent' || outcome === 'not-reached');
}
