import { gigabytes } from '../../observe/engine/docker/docker-room.js';
import { MANIFEST } from '../../environments/virtual-environment.js';
import { cacheEntries, removeEntry } from '../../app/cache/cache-entries.js';
import { CACHE_KINDS, cacheDirectory, type CacheKind } from '../../app/cache/cache.js';
import type { Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';

interface CacheArguments {
  readonly action: 'ls' | 'clean';
  readonly kind?: CacheKind | undefined;
}

export const cacheCommand: Command<CacheArguments> = {
  builder: (argv) =>
    argv
      .positional('action', {
        choices: ['ls', 'clean'] as const,
        demandOption: true,
        describe: 'ls lists, clean removes',
      })
      .positional('kind', { choices: CACHE_KINDS, describe: 'Only this kind; default: all' })
      .example('$0 cache clean results', 'Forget the results of earlier runs'),
  handler: async ({ action, kind }, { stdout }) => {
    const kinds = kind === undefined ? CACHE_KINDS : [kind];
    const all = await Promise.all(kinds.map((one) => cacheEntries(cacheDirectory(one), MANIFEST)));
    const entries = all.flat();
    for (const entry of entries) {
      if (action === 'clean') await removeEntry(entry);
      const of = entry.of === undefined ? '' : `  ${entry.of}`;
      stdout.write(`${action === 'clean' ? 'removed ' : ''}${entry.path}  ${gigabytes(entry.bytes)}${of}\n`);
    }
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    const count = entries.length === 1 ? '1 entry' : `${entries.length} entries`;
    const done = action === 'clean' ? ' removed' : '';
    stdout.write(`${count}${done}, ${gigabytes(bytes)}\n`);
    return EXIT.ok;
  },
};
