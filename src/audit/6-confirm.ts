import { classify } from '../compare/classify.js';
import { compareObservations } from '../compare/compare.js';
import { gradeOf } from '../compare/grade.js';
import { signatureOf } from '../compare/signature.js';
import { GRADES, type Difference, type DivergenceClass, type Grade } from '../model/divergence.js';
import type { Input } from '../model/input.js';
import type { Observation } from '../model/observation.js';
import type { Target } from '../model/target.js';
import { HASH_SEEDS } from './options.js';
import { signatureOfObserved, type Observed } from './pair-observer.js';
import type { SideProbes } from './side-probes.js';

/** Suspects repeated in isolation for one pair, and for each kind of divergence. */
const MOST_SUSPECTS = 80;
const MUTANTS_PER_SIGNATURE = 4;
/** Inputs that people wrote are the better evidence. */
const UNMUTATED_PER_SIGNATURE = 12;
const ORIGINS: readonly Input['seedOrigin'][] = ['issue', 'test', 'doctest'];

/** What confirming and explaining ask of a side. */
type Asked = Pick<SideProbes, 'observe' | 'observeAlone' | 'verify'>;

/** The probes of the three sides; base is opened only when a divergence asks how the sides differ. */
export interface ThreeSides {
  readonly targets: readonly Target[];
  readonly base: Asked;
  readonly gold: Asked;
  readonly candidate: Asked;
}

/** A divergence that repeated itself on both sides, with what base did. */
export interface Confirmed {
  readonly input: Input;
  readonly base: Observation;
  readonly gold: Observation;
  readonly candidate: Observation;
  readonly differences: readonly Difference[];
  readonly class: DivergenceClass;
  readonly grade: Grade;
  readonly signature: string;
}

export interface Confirmation {
  readonly confirmed: readonly Confirmed[];
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
 * Repeats suspects in fresh forks under three hash seeds on both sides. A side that disagrees with itself
 * makes its input flaky; a difference must be there every time.
 */
export async function confirm(
  suspects: readonly Observed[],
  sides: ThreeSides,
  deadline: number,
): Promise<Confirmation> {
  const inputs = chooseSuspects(suspects);
  const first = await confirmInputs(inputs, sides, deadline);
  // Inputs that others had disturbed may have hidden those of the same kind that differ for themselves.
  const tried = new Set(inputs);
  const seen = new Set(first.confirmed.map(({ signature }) => signature));
  const left = suspects.filter((one) => !tried.has(one.input) && !seen.has(signatureOfObserved(one)));
  if (first.vanished === 0 || left.length === 0) return first;
  return joined(first, await confirmInputs(chooseSuspects(left), sides, deadline));
}

const joined = (a: Confirmation, b: Confirmation): Confirmation => ({
  confirmed: [...a.confirmed, ...b.confirmed],
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
  deadline: number,
): Promise<Confirmation> {
  const rounds: (readonly [Map<string, Observation>, Map<string, Observation>])[] = [];
  for (const hashSeed of HASH_SEEDS) {
    rounds.push(
      await Promise.all([
        sides.gold.observeAlone(inputs, hashSeed, deadline),
        sides.candidate.observeAlone(inputs, hashSeed, deadline),
      ]),
    );
  }
  const verdicts = inputs.map((input) => ({
    input,
    ...repetition(rounds.map(([gold, candidate]) => [gold.get(input.id), candidate.get(input.id)])),
  }));
  const stable = verdicts.flatMap((verdict) => (verdict.kind === 'differs' ? [verdict] : []));
  const base = await sides.base.observeAlone(
    stable.map(({ input }) => input),
    HASH_SEEDS[0],
    deadline,
  );
  const count = (kind: Repetition['kind']) => verdicts.filter((verdict) => verdict.kind === kind).length;
  const confirmed = stable.flatMap(({ input, gold, candidate, differences }) => {
    const baseAnswer = base.get(input.id);
    return baseAnswer
      ? [judge({ input, base: baseAnswer, gold, candidate, differences, targets: sides.targets })]
      : [];
  });
  return {
    confirmed,
    goldFlaky: count('gold-flaky'),
    candidateFlaky: count('candidate-flaky'),
    vanished: count('same'),
    unknown: count('unknown'),
    cut: count('cut') + stable.length - confirmed.length,
  };
}

type Repetition =
  | {
      readonly kind: 'differs';
      readonly gold: Observation;
      readonly candidate: Observation;
      readonly differences: readonly Difference[];
    }
  | { readonly kind: 'same' | 'gold-flaky' | 'candidate-flaky' | 'unknown' | 'cut' };

function repetition(
  rounds: readonly (readonly [Observation | undefined, Observation | undefined])[],
): Repetition {
  const [first] = rounds;
  const [gold, candidate] = first ?? [];
  if (!gold || !candidate) return { kind: 'cut' };
  const later = rounds.slice(1);
  if (later.some(([nextGold]) => nextGold && compareObservations(gold, nextGold).kind === 'different')) {
    return { kind: 'gold-flaky' };
  }
  if (later.some(([, next]) => next && compareObservations(candidate, next).kind === 'different')) {
    return { kind: 'candidate-flaky' };
  }
  if (later.some((round) => round.includes(undefined))) return { kind: 'cut' };
  const comparison = compareObservations(gold, candidate);
  if (comparison.kind !== 'different') return { kind: comparison.kind };
  return { kind: 'differs', gold, candidate, differences: comparison.differences };
}

function judge({
  targets,
  ...facts
}: Omit<Confirmed, 'class' | 'grade' | 'signature'> & ThreeSidesTargets): Confirmed {
  const { base, gold, candidate, differences } = facts;
  const judged = { ...facts, class: classify(base, gold, candidate) };
  return {
    ...judged,
    grade: gradeOf({ ...judged, targets }),
    signature: signatureOf(differences, gold, candidate),
  };
}

type ThreeSidesTargets = Pick<ThreeSides, 'targets'>;

/** A few of each kind, unmutated and short ones first: what one kind of divergence needs is one good witness. */
function chooseSuspects(suspects: readonly Observed[]): Input[] {
  const perSignature = new Map<string, number>();
  const sorted = [...suspects].sort(
    (a, b) =>
      Number(a.input.illTyped) - Number(b.input.illTyped) ||
      a.input.mutations.length - b.input.mutations.length ||
      ORIGINS.indexOf(a.input.seedOrigin) - ORIGINS.indexOf(b.input.seedOrigin) ||
      programLength(a.input) - programLength(b.input),
  );
  const chosen = sorted.filter((suspect) => {
    const signature = signatureOfObserved(suspect);
    const count = perSignature.get(signature) ?? 0;
    perSignature.set(signature, count + 1);
    return count < (suspect.input.mutations.length > 0 ? MUTANTS_PER_SIGNATURE : UNMUTATED_PER_SIGNATURE);
  });
  return chosen.slice(0, MOST_SUSPECTS).map(({ input }) => input);
}

/** Characters of everything the input runs but its prelude. */
export const programLength = (input: Input): number =>
  input.source.length + input.prefix.reduce((sum, statement) => sum + statement.length, 0);

/** Strongest grade first, then the shorter program. */
export function byEvidence(a: Confirmed, b: Confirmed): number {
  return GRADES.indexOf(a.grade) - GRADES.indexOf(b.grade) || programLength(a.input) - programLength(b.input);
}
