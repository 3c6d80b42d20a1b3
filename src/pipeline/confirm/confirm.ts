import { compareObservations } from '../../compare/compare.js';
import type { Input } from '../../model/input.js';
import type { Observation } from '../../model/observation.js';
import type { Target } from '../../model/target.js';
import { byKind, weigh, type Evidence } from './evidence.js';
import { HASH_SEEDS } from '../../model/options.js';
import { signatureOfObserved, type Observed } from '../../observe/pair-observer.js';
import type { SideProbes } from '../../observe/side-probes.js';
import { chooseSuspects } from './suspects.js';

/** What confirming and explaining ask of a side. */
type Asked = Pick<SideProbes, 'observe' | 'observeAlone' | 'verify'>;

/** The probes of the three sides; base is opened only when a divergence asks how the sides differ. */
export interface ThreeSides {
  readonly targets: readonly Target[];
  readonly base: Asked;
  readonly gold: Asked;
  readonly candidate: Asked;
}

export interface Confirmation {
  /** What repeated itself on both sides: of the strongest kinds one each. */
  readonly confirmed: readonly Evidence[];
  /** Signatures of what differed when run alone, without those whose repetition failed or was cut. */
  readonly signatures: ReadonlySet<string>;
  /** Suspects that disagreed with themselves on gold, so that the input itself is unsteady. */
  readonly goldFlaky: number;
  /** Suspects that were steady on gold and disagreed with themselves on the candidate. */
  readonly candidateFlaky: number;
  /** Suspects that did not differ once run alone: an earlier input had disturbed them. */
  readonly vanished: number;
  /** Suspects that timed out or could not be compared when run alone. */
  readonly unknown: number;
  /** Suspects that the deadline kept from being repeated on every side: they may be divergences. */
  readonly cut: number;
}

/**
 * Runs suspects alone in fresh forks, and repeats the best of each kind under every hash seed on both sides until
 * `limit` kinds are confirmed. A side that disagrees with itself makes its input flaky, and the next of its kind has its
 * turn; a difference must be there every time.
 */
export async function confirm(
  suspects: readonly Observed[],
  sides: ThreeSides,
  limit: number,
  deadline: number,
): Promise<Confirmation> {
  const inputs = chooseSuspects(suspects);
  const first = await confirmInputs(inputs, sides, limit, deadline);
  // Inputs that others had disturbed may have hidden those of the same kind that differ for themselves.
  const tried = new Set(inputs);
  const left = suspects.filter(
    (one) => !tried.has(one.input) && !first.signatures.has(signatureOfObserved(one)),
  );
  if (first.vanished === 0 || left.length === 0) return first;
  return joined(first, await confirmInputs(chooseSuspects(left), sides, limit, deadline));
}

const joined = (a: Confirmation, b: Confirmation): Confirmation => ({
  confirmed: [...a.confirmed, ...b.confirmed],
  signatures: new Set([...a.signatures, ...b.signatures]),
  goldFlaky: a.goldFlaky + b.goldFlaky,
  candidateFlaky: a.candidateFlaky + b.candidateFlaky,
  vanished: a.vanished + b.vanished,
  unknown: a.unknown + b.unknown,
  cut: a.cut + b.cut,
});

/** As `confirm`, for inputs already chosen. */
export async function confirmInputs(
  inputs: readonly Input[],
  sides: ThreeSides,
  limit: number,
  deadline: number,
): Promise<Confirmation> {
  const alone = await runAlone(inputs, sides, deadline);
  const counts = { goldFlaky: 0, candidateFlaky: 0, ...alone.counts };
  const signatures = new Set(alone.evidence.map(({ signature }) => signature));
  const confirmed: Evidence[] = [];
  for (const members of byKind(alone.evidence)) {
    if (confirmed.length >= limit) break;
    for (const one of members) {
      const result = await repeat(one, sides, deadline);
      if (result === 'steady') {
        confirmed.push(one);
        break;
      }
      counts[result] += 1;
      signatures.delete(one.signature);
    }
  }
  for (const { signature } of confirmed) signatures.add(signature);
  return { confirmed, signatures, ...counts };
}

/** Which inputs differ when they are run alone, and what else becomes of them. */
async function runAlone(
  inputs: readonly Input[],
  sides: ThreeSides,
  deadline: number,
): Promise<{ evidence: Evidence[]; counts: Record<'vanished' | 'unknown' | 'cut', number> }> {
  const [golds, candidates] = await bothAlone(inputs, sides, HASH_SEEDS[0], deadline);
  const compared = inputs.map((input) => {
    const [gold, candidate] = [golds.get(input.id), candidates.get(input.id)];
    if (!gold || !candidate) return { input, kind: 'cut' } as const;
    return { input, gold, candidate, ...compareObservations(gold, candidate) };
  });
  const differing = compared.flatMap((one) => (one.kind === 'different' ? [one] : []));
  const bases = await sides.base.observeAlone(
    differing.map(({ input }) => input),
    HASH_SEEDS[0],
    deadline,
  );
  const evidence = differing.flatMap(({ input, gold, candidate, differences }) => {
    const base = bases.get(input.id);
    return base ? [weigh({ input, base, gold, candidate, differences }, sides.targets)] : [];
  });
  const count = (kind: (typeof compared)[number]['kind']) =>
    compared.filter((one) => one.kind === kind).length;
  const cut = count('cut') + differing.length - evidence.length;
  return { evidence, counts: { vanished: count('same'), unknown: count('unknown'), cut } };
}

/** Whether both sides answer under the other hash seeds as they did under the first. */
async function repeat(
  { input, gold, candidate }: Evidence,
  sides: ThreeSides,
  deadline: number,
): Promise<'steady' | 'goldFlaky' | 'candidateFlaky' | 'cut'> {
  const rounds = await Promise.all(
    HASH_SEEDS.slice(1).map((hashSeed) => bothAlone([input], sides, hashSeed, deadline)),
  );
  const [golds, candidates] = [0, 1].map((side) => rounds.map((round) => round[side]?.get(input.id)));
  const changed = (before: Observation, answers: readonly (Observation | undefined)[] = []) =>
    answers.some((next) => next !== undefined && compareObservations(before, next).kind === 'different');
  if (changed(gold, golds)) return 'goldFlaky';
  if (changed(candidate, candidates)) return 'candidateFlaky';
  return [golds, candidates].flat().includes(undefined) ? 'cut' : 'steady';
}

const bothAlone = async (
  inputs: readonly Input[],
  { gold, candidate }: ThreeSides,
  hashSeed: number,
  deadline: number,
) =>
  Promise.all([
    gold.observeAlone(inputs, hashSeed, deadline),
    candidate.observeAlone(inputs, hashSeed, deadline),
  ]);
