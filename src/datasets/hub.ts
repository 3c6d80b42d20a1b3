import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { datasetInfo, downloadFile, HubApiError, listFiles } from '@huggingface/hub';
import { z } from 'zod';
import { UserError } from '../model/errors.js';
import { fileName } from '../platform/escape/file-name.js';
import { writeWhole } from '../platform/write-file.js';

/** Where datasets are downloaded from and kept. */
export interface HubOptions {
  /** Address of the hub, such as `https://huggingface.co`. */
  readonly url: string;
  readonly token?: string | undefined;
  /** Downloads are kept here, by dataset and commit. */
  readonly cacheDirectory: string;
  /** Never contact the hub; use what was downloaded before. */
  readonly offline: boolean;
  readonly signal: AbortSignal;
}

/** Files of a hub dataset at one commit, on this machine. */
export interface HubFiles {
  /** The commit. */
  readonly revision: string;
  /** Paths on this machine, in the order of their names. */
  readonly files: readonly string[];
  /** Why the hub could not be asked; absent when it was. */
  readonly offlineBecause?: string;
}

const DEFAULT_REVISION = 'main';
/** What is kept of a revision: the commit it named, and the files of that commit. */
const snapshotSchema = z.object({ commit: z.string(), files: z.array(z.string()) });
type Snapshot = z.infer<typeof snapshotSchema>;

/**
 * Downloads the files of a hub dataset that `wanted` chooses, unless they are in the cache. A branch is resolved to its commit;
 * when the hub cannot be reached, to the commit it had when it last could.
 * @throws UserError `hub-unreachable`, `hub-refused`, `dataset-missing`
 */
export async function fetchFromHub(
  dataset: string,
  revision: string | undefined,
  wanted: (files: readonly string[]) => readonly string[],
  options: HubOptions,
): Promise<HubFiles> {
  const asked = revision ?? DEFAULT_REVISION;
  const { snapshot, offlineBecause } = await resolve(dataset, asked, options);
  const chosen = [...wanted(snapshot.files)].sort();
  const files: string[] = [];
  for (const file of chosen) files.push(await bring(dataset, snapshot.commit, file, options));
  return { revision: snapshot.commit, files, ...(offlineBecause === undefined ? {} : { offlineBecause }) };
}

async function resolve(
  dataset: string,
  revision: string,
  options: HubOptions,
): Promise<{ readonly snapshot: Snapshot; readonly offlineBecause?: string }> {
  const memory = path.join(directoryOf(dataset, options), 'revisions', `${fileName(revision)}.json`);
  const remembered = await readSnapshot(memory);
  if (remembered?.commit === revision) return { snapshot: remembered };
  if (options.offline)
    return { snapshot: remembered ?? unreachable(dataset, options, 'HF_HUB_OFFLINE is set') };
  try {
    const snapshot = await ask(dataset, revision, options);
    await writeWhole(memory, `${JSON.stringify(snapshot)}\n`);
    return { snapshot };
  } catch (error) {
    options.signal.throwIfAborted();
    const reason = refusal(error, dataset, revision, options);
    if (remembered) return { snapshot: remembered, offlineBecause: reason };
    return unreachable(dataset, options, reason);
  }
}

async function ask(dataset: string, revision: string, options: HubOptions): Promise<Snapshot> {
  const call = callOptions(options);
  const { sha } = await datasetInfo({ name: dataset, revision, additionalFields: ['sha'], ...call });
  const files: string[] = [];
  const repo = { type: 'dataset', name: dataset } as const;
  for await (const file of listFiles({ repo, revision: sha, recursive: true, ...call })) {
    if (file.type === 'file') files.push(file.path);
  }
  return { commit: sha, files };
}

async function bring(dataset: string, commit: string, file: string, options: HubOptions): Promise<string> {
  const kept = path.join(directoryOf(dataset, options), commit, ...file.split('/').map(fileName));
  if (await readFile(kept).catch(() => null)) return kept;
  if (options.offline) return unreachable(dataset, options, 'HF_HUB_OFFLINE is set');
  try {
    const repo = { type: 'dataset', name: dataset } as const;
    const blob = await downloadFile({ repo, path: file, revision: commit, ...callOptions(options) });
    if (blob === null) throw new Error(`${file} is not there`);
    await writeWhole(kept, new Uint8Array(await blob.arrayBuffer()));
    return kept;
  } catch (error) {
    options.signal.throwIfAborted();
    return unreachable(dataset, options, refusal(error, dataset, commit, options));
  }
}

function callOptions({ url, token, signal }: HubOptions) {
  return {
    hubUrl: url,
    fetch: (input: string | URL | Request, init?: RequestInit) => fetch(input, { ...init, signal }),
    ...(token === undefined ? {} : { accessToken: token }),
  };
}

/** Why a call failed, when trying elsewhere may help. @throws UserError when the hub answered with a refusal */
function refusal(error: unknown, dataset: string, revision: string, { url }: HubOptions): string {
  if (!(error instanceof HubApiError)) return causeOf(error);
  if (error.statusCode === 404) {
    throw new UserError(
      'dataset-missing',
      `${url} has no dataset ${dataset} at ${revision}`,
      'Check its name, or give the path of a file. Private datasets need HF_TOKEN.',
      { cause: error },
    );
  }
  if (error.statusCode === 401 || error.statusCode === 403) {
    throw new UserError(
      'hub-refused',
      `${url} does not give out ${dataset} (${error.statusCode})`,
      'Set HF_TOKEN to a token that may read it.',
      { cause: error },
    );
  }
  return `status ${error.statusCode}`;
}

/** `fetch` says only that it failed; the reason is its cause. */
function causeOf(error: unknown): string {
  const { cause } = error as { cause?: unknown };
  const reason = cause instanceof Error ? cause : error;
  return reason instanceof Error ? reason.message : String(reason);
}

function unreachable(dataset: string, { url }: HubOptions, reason: string): never {
  throw new UserError(
    'hub-unreachable',
    `${dataset} cannot be had from ${url}: ${reason}`,
    'Give the path of a .jsonl, .json or .parquet file instead, or set HF_ENDPOINT to a mirror.',
  );
}

const directoryOf = (dataset: string, { cacheDirectory }: HubOptions): string =>
  path.join(cacheDirectory, fileName(dataset));

async function readSnapshot(file: string): Promise<Snapshot | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  const parsed = snapshotSchema.safeParse(parseOrNull(text));
  return parsed.success ? parsed.data : null;
}

function parseOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
