import { z } from 'zod';
import { findDefinitions } from '../../python/definitions.js';
import { findFrontier, type ComparedTrees } from '../../change/frontier.js';
import { moduleName } from '../../python/module-name.js';
import { readSource } from '../../python/source-files.js';
import { replayCalls, recordCalls, type CallPlace, type RecordedCall } from '../../inputs/record-replay.js';
import type { Random } from '../../inputs/program/random.js';
import { roundRobin } from '../../inputs/schedule.js';
import type { Input } from '../../model/input.js';
import type { Observation } from '../../model/observation.js';
import type { Definition, Target } from '../../model/target.js';
import type { SeedBank } from '../seeds/seed-bank.js';
import type { Observed } from '../../observe/pair-observer.js';

/** Places, and for each the seeds whose calls are made again, at most: each keeps a program of its own. */
const MOST_PLACES = 6;
const MOST_SEEDS = 3;

/** Where calls can be caught on their way to a target. */
export interface FrontierPlace {
  /** Id of the target. */
  readonly target: string;
  readonly place: CallPlace;
}

/** The places at the frontier of the functions that are not the same on gold and candidate. */
export async function frontierPlaces(
  targets: readonly Target[],
  trees: ComparedTrees,
): Promise<FrontierPlace[]> {
  const found = new Map<string, FrontierPlace>();
  for (const target of targets) {
    const { gold, candidate } = target.definitions;
    if ((target.kind !== 'function' && target.kind !== 'method') || gold?.tokens === candidate?.tokens)
      continue;
    for (const { file, qualname } of await findFrontier(target, trees)) {
      const place = await placeOf(trees.gold, file, qualname);
      if (place) found.set(`${file}::${qualname}`, { target: target.id, place });
    }
  }
  return [...found.values()].slice(0, MOST_PLACES);
}

async function placeOf(directory: string, file: string, qualname: string): Promise<CallPlace | undefined> {
  const module = moduleName(directory, file);
  const definitions = findDefinitions(file, (await readSource(directory, file)) ?? '');
  const definition = definitions.find((one) => one.qualname === qualname);
  if (module === undefined || !definition || !isReplaceable(definition)) return undefined;
  return { module, qualname, parameters: definition.parameters };
}

/** What is reached by an attribute of its module or class, and called as it was written. */
const isReplaceable = ({ kind, qualname, decorators }: Definition): boolean =>
  (kind === 'method' || (kind === 'function' && !qualname.includes('.'))) &&
  !/(^|\.)__(new|init_subclass|class_getitem|getattribute|del)__$/.test(qualname) &&
  !decorators.some((decorator) => /property|setter|deleter|method\b|overload|fixture/.test(decorator));

/** What calls at the frontier are made from. */
export interface FrontierSearch {
  readonly places: readonly FrontierPlace[];
  readonly observed: readonly Observed[];
  readonly bank: SeedBank;
  /** What all sides answer alike, base too. */
  readonly ask: (inputs: readonly Input[]) => Promise<ReadonlyMap<string, Observation>>;
  readonly random: Random;
}

/**
 * Calls into the changed functions with the objects that seeds pass there, and with those recombined: at most `limit`
 * inputs, of every seed its first before the second of any. Only where all sides make the same calls: whether one function calls
 * another is how a fix is written, and nothing that it does.
 */
export async function frontierInputs(search: FrontierSearch, limit: number): Promise<Input[]> {
  const programs = search.places.flatMap(({ target, place }) =>
    seedsThrough(search.observed, target).flatMap((input) => {
      const { pool, widen } = search.bank.surroundings(input);
      const kept = recordCalls(widen(input), place);
      return kept ? [{ kept, place, pool }] : [];
    }),
  );
  const answers = await search.ask(programs.map(({ kept }) => kept));
  const sources = programs.map(({ kept, place, pool }) => ({
    mutants: replayCalls(kept, place, seenIn(answers.get(kept.id)), pool.constants, search.random),
    turn: 1,
  }));
  return [...roundRobin(sources, limit, new Set())];
}

/** Of the first seeds that reach a target, the longest input that has a value on both sides: it makes the most calls. */
function seedsThrough(observed: readonly Observed[], target: string): Input[] {
  const isUsable = ({ input, gold, candidate }: Observed) =>
    input.mutations.length === 0 &&
    gold.outcome.kind === 'value' &&
    candidate.outcome.kind === 'value' &&
    [...gold.hits, ...candidate.hits].includes(target);
  const bySeed = new Map<string, Input>();
  for (const { input } of observed.filter(isUsable)) {
    const known = bySeed.get(input.seed);
    if (!known || input.prefix.length >= known.prefix.length) bySeed.set(input.seed, input);
  }
  return [...bySeed.values()].slice(0, MOST_SEEDS);
}

const Answer = z.array(z.tuple([z.array(z.string()), z.record(z.string(), z.string())]));

function seenIn(answer: Observation | undefined): RecordedCall[] {
  if (answer?.outcome.kind !== 'value' || answer.outcome.value.t !== 'str') return [];
  const calls = Answer.safeParse(parsedJson(answer.outcome.value.v));
  return calls.success ? calls.data.map(([positional, keywords]) => ({ positional, keywords })) : [];
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
