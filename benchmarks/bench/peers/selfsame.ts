import { cp, readFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { refused, type Answer } from './outcome.js';
import type { PeerPair } from './pair.js';
import { lastLine, runTool, type Peer, type Tools } from './tool.js';

/** `selfsame verify`: replays on both revisions what the tests call. */
export const selfsameVerify: Peer = {
  name: 'selfsame verify',
  async ask(pair, tools) {
    const repository = await revisions(pair, 'verify');
    const report = path.join(pair.folder, 'selfsame.json');
    const revision = ['--base', 'gold', '--head', 'candidate', ...modules(pair)];
    const options = ['--no-report', '--json-out', report];
    const command = ['selfsame', 'verify', ...revision, ...options, ...tests(pair)];
    const { exitCode, output, outOfTime } = await runTool(tools, command, repository, pair);
    if (outOfTime) return refused('out of time');
    if (exitCode !== 0 && exitCode !== 1) return refused(lastLine(output));
    return answerOf(JSON.parse(await readFile(report, 'utf8')) as VerifyReport, pair.qualnames);
  },
};

/** `selfsame fuzz`: mutates what the tests call. */
export const selfsameFuzz: Peer = {
  name: 'selfsame fuzz',
  async ask(pair, tools) {
    const repository = await revisions(pair, 'fuzz');
    const captured = path.join(pair.folder, 'captured.pkl');
    const capture = ['selfsame', 'capture', ...modules(pair), '--out', captured, ...tests(pair)];
    const first = await runTool(tools, capture, repository, pair);
    if (first.outOfTime || first.exitCode !== 0) return refused('nothing captured');
    return fuzz(repository, captured, pair, tools);
  },
};

async function fuzz(repository: string, captured: string, pair: PeerPair, tools: Tools): Promise<Answer> {
  const command = ['selfsame', 'fuzz', '.', 'gold', 'candidate', captured];
  const { exitCode, output, outOfTime } = await runTool(tools, command, repository, pair);
  if (outOfTime) return refused('out of time');
  if (exitCode === 1)
    return { kind: 'different', detail: /^ {2}(\S+) +fuzz_inputs/m.exec(output)?.[1] ?? '' };
  if (exitCode !== 0) return refused(lastLine(output));
  const fuzzed = Number(/^Functions fuzzed\s*:\s*(\d+)/m.exec(output)?.[1] ?? 0);
  return fuzzed === 0 ? refused('no function fuzzed') : { kind: 'same', detail: `${fuzzed} functions` };
}

/** The part of `selfsame verify`'s report that is read. */
export interface VerifyReport {
  readonly results: readonly { readonly function: string; readonly verdict: string }[];
}

/** A divergence of any function counts; without one, the functions that the pair is about must have been compared. */
export function answerOf({ results }: VerifyReport, qualnames: readonly string[]): Answer {
  const divergent = results.find(({ verdict }) => verdict === 'divergent');
  if (divergent) return { kind: 'different', detail: divergent.function };
  const own = results.filter((result) => qualnames.includes(result.function));
  if (own.length === 0) return refused('not called by the tests');
  const unsure = own.find(({ verdict }) => verdict !== 'equivalent');
  return unsure ? refused(unsure.verdict) : { kind: 'same', detail: `${own.length} functions` };
}

const modules = ({ packages }: PeerPair): string[] => ['--modules', packages.join(',')];
const tests = ({ testFiles }: PeerPair): string[] => ['--', 'python', '-m', 'pytest', '-q', ...testFiles];

/** A repository with the tags `gold` and `candidate`; the candidate's tree is checked out. */
async function revisions({ folder, gold, candidate }: PeerPair, name: string): Promise<string> {
  const directory = path.join(folder, `selfsame-${name}`);
  await cp(gold, directory, { recursive: true });
  const author = {
    GIT_AUTHOR_NAME: 'b',
    GIT_AUTHOR_EMAIL: 'b@b',
    GIT_COMMITTER_NAME: 'b',
    GIT_COMMITTER_EMAIL: 'b@b',
  };
  const git = (...args: string[]) => execa('git', args, { cwd: directory, env: author });
  const commit = async (tag: string) => {
    await git('commit', '-q', '--allow-empty', '-m', tag);
    await git('tag', tag);
  };
  await git('init', '-q');
  await git('add', '-A', '-f');
  await commit('gold');
  await git(`--work-tree=${candidate}`, 'add', '-A', '-f');
  await commit('candidate');
  await git('reset', '-q', '--hard');
  return directory;
}
