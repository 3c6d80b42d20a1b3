import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { applyStrategySchema } from './side.js';
import type { PairRecord } from './verdict.js';

export const seenPatchSchema = z.object({ effect: z.string(), strategy: applyStrategySchema });

/** What a patch text was seen to do: the hash of its effect on the tree, and how it was applied. */
export type SeenPatch = Immutable<z.infer<typeof seenPatchSchema>>;

/** Keeps results of other runs by the content that they were computed from; keys are SHA-256. */
export interface ResultStore {
  seen(key: string): Promise<SeenPatch | null>;
  keepSeen(key: string, seen: SeenPatch): Promise<void>;
  result(key: string): Promise<PairRecord | null>;
  keepResult(key: string, record: PairRecord): Promise<void>;
}
