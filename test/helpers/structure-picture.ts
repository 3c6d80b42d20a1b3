import { createRequire } from 'node:module';
import { cruise, type ICruiseOptions, type ICruiseResult } from 'dependency-cruiser';
import { ROOT } from './cli.js';

const ROOM = /^src\/(\w+)/;

/** For each folder of `src`, the others that its files import, as dependency-cruiser finds them; types count too. */
export async function importsOfRooms(): Promise<Map<string, ReadonlySet<string>>> {
  const { options } = createRequire(import.meta.url)(`${ROOT}/.dependency-cruiser.cjs`) as {
    options: ICruiseOptions;
  };
  const result = await cruise(['src'], { ...options, baseDir: ROOT, collapse: '^src/[^/]+/' });
  const { modules } = result.output as ICruiseResult;
  const rooms = new Map<string, Set<string>>();
  for (const { source, dependencies } of modules) {
    const room = roomOf(source);
    if (room === null) continue;
    const imported = rooms.get(room) ?? new Set();
    for (const { resolved } of dependencies) {
      const other = roomOf(resolved);
      if (other !== null && other !== room) imported.add(other);
    }
    rooms.set(room, imported);
  }
  return rooms;
}

const roomOf = (file: string): string | null =>
  file.endsWith('.ts') ? null : (ROOM.exec(file)?.[1] ?? null);

/**
 * A Mermaid flowchart of the rooms. An arrow is left out where a longer way leads to the same room: with all of them
 * there would be nothing to see.
 */
export function drawRooms(imports: ReadonlyMap<string, ReadonlySet<string>>): string {
  const reached = new Map<string, ReadonlySet<string>>();
  const reach = (room: string): ReadonlySet<string> => {
    const known = reached.get(room);
    if (known) return known;
    const own = imports.get(room) ?? new Set<string>();
    const all = new Set([...own].flatMap((other) => [other, ...reach(other)]));
    reached.set(room, all);
    return all;
  };
  const arrows = [...imports].flatMap(([room, own]) =>
    [...own]
      .filter((other) => ![...own].some((between) => between !== other && reach(between).has(other)))
      .map((other) => `  ${room} --> ${other}`),
  );
  return ['flowchart TD', ...arrows.sort()].join('\n');
}
