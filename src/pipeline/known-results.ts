import type { Instance } from '../model/instance.js';
import type { ResultStore, SeenPatch } from '../model/result-store.js';
import type { PairRecord } from '../model/verdict.js';
import { contentKey } from '../platform/content-key.js';
import type { AuditContext } from './context/audit-context.js';
import { repeated, sameEffect, type PairFacts } from './judge/record.js';

/** A result that was there already. */
export interface KnownResult {
  readonly record: PairRecord;
  /** It was computed by another run. */
  readonly reused: boolean;
}

/**
 * The results of one instance that are there already: of this run, by what the patches did to the tree, and of any other
 * run, by the content that they were computed from. That is the row, the effect of the patch, the commit, the
 * environment, the options and the build of patchdiff: if any of these is another, so is the key.
 */
export class KnownResults {
  private constructor(
    private readonly byEffect: Map<string, PairRecord>,
    private readonly otherRuns: OtherRuns | null,
  ) {}

  /** @param judged records of this run, or of the one that it resumes */
  static async of(
    instance: Instance,
    judged: readonly PairRecord[],
    context: AuditContext,
  ): Promise<KnownResults> {
    return new KnownResults(recordsByEffect(judged), await OtherRuns.of(instance, context));
  }

  /** The result of a patch text that another run has seen; null when there is none. */
  async ofPatch(facts: PairFacts): Promise<KnownResult | null> {
    const seen = await this.otherRuns?.seen(facts);
    const record = seen ? (await this.ofEffect(facts, seen))?.record : undefined;
    return record ? { record, reused: true } : null;
  }

  /** The result of a patch that does what an earlier one did, in this run or in another; null when there is none. */
  async ofEffect(facts: PairFacts, { effect, strategy }: SeenPatch): Promise<KnownResult | null> {
    const first = this.byEffect.get(effect);
    if (first) return { record: repeated(first, facts, strategy), reused: false };
    const known = await this.otherRuns?.result(facts, { effect, strategy });
    if (!known) return null;
    this.byEffect.set(effect, known);
    return { record: known, reused: true };
  }

  /** Keeps a record for the other patches of this run, and for other runs if they must come to the same. */
  async keep(facts: PairFacts, record: PairRecord): Promise<void> {
    const { candidateEffect: effect } = record.hashes;
    if (effect !== null && !this.byEffect.has(effect)) this.byEffect.set(effect, record);
    await this.otherRuns?.keep(facts, record);
  }
}

/** The results of one instance in other runs. */
class OtherRuns {
  private constructor(
    private readonly store: ResultStore,
    private readonly content: string,
  ) {}

  /** Null when nothing may be reused, or where the content cannot be told. */
  static async of(instance: Instance, context: AuditContext): Promise<OtherRuns | null> {
    if (context.results === null) return null;
    const place = await context.contentOf(instance);
    if (place === null) return null;
    const { source, ...row } = instance;
    const { options, probe, program } = context;
    return new OtherRuns(context.results, contentKey({ row, place, options, probe, program }));
  }

  seen({ prediction }: PairFacts): Promise<SeenPatch | null> {
    return this.store.seen(this.#patchKey(prediction.patch));
  }

  async result(facts: PairFacts, { effect, strategy }: SeenPatch): Promise<PairRecord | null> {
    const known = await this.store.result(this.#resultKey(effect));
    return known && sameEffect(known, facts, strategy);
  }

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

/** The records that were computed for a patch of their own. */
function recordsByEffect(records: readonly PairRecord[]): Map<string, PairRecord> {
  const own = records.filter(({ reusedFrom, verdict }) => !reusedFrom && verdict.outcome !== 'infra-error');
  return new Map(
    own.flatMap((record) =>
      record.hashes.candidateEffect === null ? [] : [[record.hashes.candidateEffect, record] as const],
    ),
  );
}
