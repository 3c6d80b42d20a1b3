import { z } from 'zod';

/** A number of things. */
export const count = z.int().nonnegative();

/** A share of a whole, from 0 to 1. */
export const share = z.number().min(0).max(1);

/** A difference of two rates, in percentage points. */
export const points = z.number().min(-100).max(100);

/** Ids of instances, or `model/instance` where several submissions are counted together. */
export const ids = z.array(z.string());
