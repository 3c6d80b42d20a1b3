import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import tar from 'tar-stream';
import { ROOT } from './containers.js';

/** Something to be packed: `file` on this machine, under `name` (POSIX) in the archive. */
interface Entry {
  readonly name: string;
  readonly file: string;
}

/**
 * A tar stream of everything below a directory (compiled Python left out), under `prefix`, as files of a user.
 * @param revise gives each file another text
 */
export function packDirectory(
  directory: string,
  prefix: string,
  user = ROOT,
  revise?: (text: string) => string,
): Readable {
  return packEntries(below({ name: prefix, file: directory }), user, revise);
}

/** A tar stream of those of `files` (relative to the directory) that exist, as files of a user. */
export function packFiles(directory: string, files: readonly string[], user = ROOT): Readable {
  return packEntries(
    files.map((name) => ({ name, file: path.join(directory, name) })),
    user,
  );
}

/** The context of an image build: its Dockerfile, and a project's tree in the folder `tree` where one is given. */
export function packBuildContext(dockerfile: string, tree?: string): Readable {
  async function* entries(): AsyncGenerator<Entry> {
    yield { name: 'Dockerfile', file: dockerfile };
    if (tree !== undefined) yield* below({ name: 'tree', file: tree });
  }
  return packEntries(entries(), ROOT);
}

function packEntries(
  entries: Iterable<Entry> | AsyncIterable<Entry>,
  user: number,
  revise?: (text: string) => string,
): Readable {
  const pack = tar.pack();
  const fill = async () => {
    for await (const entry of entries) await add(pack, entry, user, revise);
    pack.finalize();
  };
  fill().catch((error: unknown) => {
    pack.destroy(error as Error);
  });
  return Readable.from(pack);
}

async function* below({ name, file }: Entry): AsyncGenerator<Entry> {
  yield { name, file };
  for (const entry of await readdir(file, { withFileTypes: true })) {
    if (entry.name === '__pycache__') continue;
    const child = { name: `${name}/${entry.name}`, file: path.join(file, entry.name) };
    if (entry.isDirectory()) yield* below(child);
    else yield child;
  }
}

async function add(
  pack: tar.Pack,
  { name, file }: Entry,
  user: number,
  revise?: (text: string) => string,
): Promise<void> {
  const stats = await lstat(file).catch(() => undefined);
  if (!stats) return; // deleted on this side
  const header = { name, mode: stats.mode & 0o777, mtime: stats.mtime, uid: user, gid: user };
  if (stats.isDirectory()) pack.entry({ ...header, type: 'directory' });
  else if (stats.isSymbolicLink()) pack.entry({ ...header, type: 'symlink', linkname: await readlink(file) });
  else if (stats.isFile()) {
    const content = revise ? revise(await readFile(file, 'utf8')) : await readFile(file);
    await new Promise<void>((resolve, reject) => {
      pack.entry(header, content, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
  }
}
