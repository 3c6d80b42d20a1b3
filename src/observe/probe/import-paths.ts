import type { Side } from '../engine/engine.js';

/** Folders of a tree, `''` or `.` for the tree itself, as a side's processes see them. */
export const importPaths = (side: Side, folders: readonly string[]): string[] =>
  folders.map((folder) => (['', '.'].includes(folder) ? side.root : `${side.root}/${folder}`));
