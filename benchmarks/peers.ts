import { stat } from 'node:fs/promises';
import path from 'node:path';
import { cacheDirectory } from '../src/app/cache/cache.js';
import { Repositories } from '../src/trees/repositories.js';
import { readArguments } from './bench/arguments.js';
import { readPatches } from './bench/patches.js';
import { inTemporaryFolder, runPatchdiff } from './bench/patchdiff.js';
import { crosshair } from './bench/peers/crosshair.js';
import { ghostwriter } from './bench/peers/ghostwriter.js';
import { patchdiffAnswer } from './bench/peers/itself.js';
import { outcomeOf, pairRows, summarizeTools, type Answer, type Result } from './bench/peers/outcome.js';
import { layOut, readExpected, type PeerPair } from './bench/peers/pair.js';
import { reruns } from './bench/peers/reruns.js';
import { selfsameFuzz, selfsameVerify } from './bench/peers/selfsame.js';
import { installPeers, PACKAGES, type Tools } from './bench/peers/tool.js';
import { publish } from './bench/result.js';
import { table } from './bench/table.js';

const SECONDS = 30;
const PEERS = [selfsameVerify, selfsameFuzz, crosshair, ghostwriter, reruns];
const NAMES = ['patchdiff', ...PEERS.map(({ name }) => name)];

const given = readArguments(process.argv.slice(2));
const seconds = given.budget ?? SECONDS;
const results: Result[] = [];

function note(pair: PeerPair, tool: string, answer: Answer, took: number): void {
  const outcome = outcomeOf(answer, pair.expected);
  results.push({ tool, pair: pair.name, expected: pair.expected, outcome, ...answer, seconds: took });
  process.stderr.write(`${pair.name}: ${tool} ${outcome} (${answer.detail}) in ${took.toFixed(1)} s\n`);
}

async function askPeers(pair: PeerPair, tools: Tools): Promise<void> {
  for (const peer of PEERS) {
    const started = Date.now();
    const answer = await peer.ask(pair, tools);
    note(pair, peer.name, answer, (Date.now() - started) / 1000);
  }
}

const isDirectory = (await stat(given.dataset)).isDirectory();
const directory = isDirectory ? given.dataset : path.dirname(given.dataset);
const expected = await readExpected(directory);
const { instances, predictions } = await readPatches(given);
const { reposDir } = given;
const repositories = new Repositories({
  cacheDirectory: cacheDirectory('repositories'),
  ...(reposDir === undefined ? {} : { reposDir }),
});
// Confirmation may take as much again as the search.
const { report } = await runPatchdiff({ ...given, budget: seconds / 2 });
await inTemporaryFolder(async (folder) => {
  const bin = await installPeers(given.python, path.join(folder, 'venv'));
  for (const [index, prediction] of predictions.entries()) {
    const truth = expected.get(`${prediction.instanceId} ${prediction.model}`);
    const instance = instances.find(({ instanceId }) => instanceId === prediction.instanceId);
    if (truth === undefined || instance === undefined) continue;
    const repository = await repositories.resolve(instance.repo, directory);
    const pair = await layOut(instance, prediction, truth, repository, path.join(folder, String(index)));
    const { seconds: took, ...answer } = patchdiffAnswer(report, pair.name);
    note(pair, 'patchdiff', answer, took);
    await askPeers(pair, { bin, seconds });
  }
});
const tools = summarizeTools(results);
await publish(
  'peers',
  given,
  [
    table(
      [
        'tool',
        'found',
        'missed',
        'refused',
        'false',
        'quiet controls',
        'refused controls',
        'seconds (median)',
      ],
      tools.map((row) => [
        row.tool,
        row.found,
        row.missed,
        row.refused,
        row.false,
        row.quiet,
        row.refusedControls,
        row.medianSeconds,
      ]),
    ),
    table(['pair', 'is', ...NAMES], pairRows(results, NAMES)),
  ],
  { secondsPerPair: seconds, packages: PACKAGES, patchdiffOptions: report.run.options, tools, results },
);
