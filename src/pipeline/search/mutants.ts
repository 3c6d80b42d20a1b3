import { mutantsOf } from '../../inputs/mutate/mutate.js';
import type { MutationMaterial } from '../../inputs/mutate/mutation-operator.js';
import type { Answer } from '../../inputs/mutate/return-types.js';
import { Random } from '../../inputs/program/random.js';
import type { Input } from '../../model/input.js';
import type { Observed } from '../../observe/pair-observer.js';
import type { SearchSpace } from './search-space.js';

/** What takes longer is seldom worth the many others that could have run; what hangs costs this on both sides. */
export const SECONDS_PER_MUTANT = 1;
const MUTANTS_PER_PARENT = 200;

/** What was learnt of the pair so far. */
type Learnt = Pick<MutationMaterial, 'returns' | 'targetLiterals' | 'turns'>;

/** The mutants of an input within the domain of what people wrote, or the contrived ones, made as they are asked for; the same seed gives the same ones in the same order. */
export function* mutate(
  input: Input,
  space: SearchSpace,
  learnt: Learnt,
  seed: number,
  domain: 'in-domain' | 'contrived',
): Generator<Input> {
  const { bank, targets, tables } = space;
  const random = new Random(seed, input.id);
  const { pool, widen } = bank.surroundings(input);
  const material = { ...learnt, pool, targets, tables, random };
  yield* mutantsOf(widen(input), material, MUTANTS_PER_PARENT, domain);
}

/** What the reference answered to an input, where that is a value. */
export const answersOf = ({ input: { source }, gold: { outcome } }: Observed): Answer[] =>
  outcome.kind === 'value' ? [{ source, value: outcome.value }] : [];
