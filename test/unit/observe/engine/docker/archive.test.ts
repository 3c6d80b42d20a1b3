import { mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import tar from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packDirectory, packFiles } from '../../../../../src/observe/engine/docker/archive.js';
import { writeFiles } from '../../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../../helpers/temporary-directory.js';

describe('an archive of a tree', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    await writeFiles(directory, {
      'pkg/a.py': 'A = 1\n',
      'pkg/__pycache__/a.pyc': 'x',
      'run.sh': '#!/bin/sh\n',
    });
    await symlink('pkg', path.join(directory, 'link'));
    await symlink('nowhere', path.join(directory, 'dangling'));
    await mkdir(path.join(directory, 'empty'));
    await utimes(path.join(directory, 'pkg/a.py'), 1_600_000_000, 1_600_000_000);
    await writeFile(path.join(directory, 'run.sh'), '#!/bin/sh\n', { mode: 0o755 });
  });
  afterEach(() => rm(directory, { recursive: true }));

  it('holds files, directories and links, whose targets it does not follow, but no compiled Python', async () => {
    const entries = await unpack(packDirectory(directory, 'side'));
    expect(
      Object.fromEntries(
        [...entries].map(([name, { type, linkname }]) => [name, type === 'symlink' ? linkname : type]),
      ),
    ).toEqual({
      side: 'directory',
      'side/pkg': 'directory',
      'side/pkg/a.py': 'file',
      'side/run.sh': 'file',
      'side/link': 'pkg',
      'side/dangling': 'nowhere',
      'side/empty': 'directory',
    });
  });

  it('keeps contents and times, and gives everything to root', async () => {
    const entry = (await unpack(packDirectory(directory, 'side'))).get('side/pkg/a.py')!;
    expect(entry).toMatchObject({ uid: 0, gid: 0, content: 'A = 1\n', mtime: new Date(1_600_000_000_000) });
  });

  it('holds of the files named those that exist', async () => {
    const names = ['pkg/a.py', 'deleted.py', 'dangling'];
    const entries = await unpack(packFiles(directory, names));
    expect([...entries.keys()]).toEqual(['pkg/a.py', 'dangling']);
  });
});

interface Unpacked extends tar.Header {
  readonly content: string;
}

async function unpack(archive: Readable): Promise<Map<string, Unpacked>> {
  const entries = new Map<string, Unpacked>();
  for await (const entry of archive.pipe(tar.extract())) {
    const name = entry.header.name.replace(/\/$/, '');
    entries.set(name, { ...entry.header, content: await text(entry) });
  }
  return entries;
}
