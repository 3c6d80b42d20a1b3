import { readArguments } from './bench/arguments.js';
import { isRight, judgePair, type JudgedPair } from './bench/equivalents/judge.js';
import { KINDS, readPairs, type SmallPair } from './bench/equivalents/pairs.js';
import { publish } from './bench/result.js';
import { table } from './bench/table.js';

/** Seconds of search for one pair, which has one small module. */
const SECONDS = 10;

const given = readArguments(process.argv.slice(2));
const chosen = (await readPairs()).filter(
  ({ name }) => given.instances.length === 0 || given.instances.includes(name),
);
const checks = {
  budget: given.budget ?? SECONDS,
  seed: given.seed,
  options: [...given.forwarded, ...(given.forwarded.includes('--engine') ? [] : ['--engine', 'local'])],
};
const judged = await inTurn(chosen, given.workers);
const mistaken = judged.filter((pair) => !isRight(pair));
await publish(
  'equivalents',
  given,
  [
    table(
      ['pairs', 'number', 'strong evidence', 'weak evidence only', 'no difference'],
      KINDS.map((kind) => {
        const own = judged.filter((pair) => pair.kind === kind);
        const strong = own.filter((pair) => pair.strong).length;
        const weak = own.filter((pair) => !pair.strong && pair.grades.length > 0).length;
        return [kind, own.length, strong, weak, own.length - strong - weak];
      }),
    ),
    table(
      ['pair', 'what differs', 'verdict', 'strongest evidence', 'input'],
      judged.map((pair) => [
        `${pair.kind}/${pair.name}`,
        pair.title,
        pair.outcome,
        pair.grades[0] ?? '',
        pair.input.replace(/\s+/g, ' ').slice(0, 60),
      ]),
    ),
    table(
      ['mistaken'],
      mistaken.map(({ kind, name }) => [`${kind}/${name}`]),
    ),
  ],
  { budget: checks.budget, seed: checks.seed, pairs: judged },
);
if (mistaken.length > 0) process.exitCode = 1;

/** Judges pairs, `workers` at a time. */
async function inTurn(pairs: readonly SmallPair[], workers: number): Promise<JudgedPair[]> {
  const line = [...pairs.entries()];
  const results: JudgedPair[] = [];
  const work = async () => {
    for (let next = line.shift(); next; next = line.shift()) {
      const [index, pair] = next;
      const result = await judgePair(pair, checks);
      results[index] = result;
      process.stderr.write(`${pair.kind}/${pair.name}: ${result.grades[0] ?? result.outcome}\n`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return results;
}
