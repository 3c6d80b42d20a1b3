import { z } from 'zod';
import type { Immutable } from './immutable.js';

export const pairNameSchema = z.object({ instanceId: z.string(), model: z.string() });

/** Which pair is meant: the prediction that a submission (`model`) made for an instance. */
export type PairName = Immutable<z.infer<typeof pairNameSchema>>;
