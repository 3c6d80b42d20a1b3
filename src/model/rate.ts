import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { count, ids, share } from './scalars.js';

export const rateSchema = z
  .object({
    count,
    /** The denominator. */
    of: count,
    /** From 0 to 1; null when the denominator is 0. */
    rate: share.nullable(),
    /** 95% Wilson interval; null when the denominator is 0. */
    interval: z.object({ low: share, high: share }).nullable(),
    /** Instance ids, sorted; `model/instance` in the metrics over all submissions. */
    ids,
  })
  .meta({ id: 'rate', description: 'A count with the ids behind it, and its 95% Wilson interval' });

/** A count with the ids behind it, as a share of a named whole. */
export type Rate = Immutable<z.infer<typeof rateSchema>>;
