import { z } from 'zod';
import type { Immutable } from './immutable.js';
import { instanceSchema, predictionSchema } from './instance.js';
import { pairRecordSchema } from './verdict.js';

/** A request as another machine sends it. */
export const instanceRequestSchema = z
  .object({
    instance: instanceSchema,
    predictions: z.array(predictionSchema),
    /** Developer tests beyond the benchmark's own, as the user named them: no other machine may name any. */
    tests: z.array(z.string()).max(0, 'must be empty'),
    /** Records of other predictions for the instance, computed before from the same content. */
    judged: z.array(pairRecordSchema),
  })
  .refine(
    ({ instance, predictions, judged }) =>
      [...predictions, ...judged].every(({ instanceId }) => instanceId === instance.instanceId),
    'has predictions for another instance',
  );

/** What is asked of one instance: which predictions to audit, and with which tests. */
export type InstanceRequest = Immutable<z.infer<typeof instanceRequestSchema>>;
