import path from 'node:path';
import { z } from 'zod';
import { UserError } from '../model/errors.js';
import type { Prediction } from '../model/instance.js';
import { readRecords, type RawRecord } from './json-records.js';
import { validate } from './validate.js';

const predictionSchema = z.object(
  {
    instance_id: z.string({ error: 'is missing or no text' }).min(1, 'must not be empty'),
    model_name_or_path: z.string({ error: 'must be text' }).nullish(),
    model_patch: z
      .string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be text or null') })
      .nullable(),
  },
  { error: 'must be an object with instance_id and model_patch' },
);

/** Reads one predictions file. A missing model name is the file's name without extension. Throws UserError. */
export async function readPredictions(file: string): Promise<Prediction[]> {
  const records = await readRecords(file, 'predictions');
  return records.map((raw) => {
    const hint = 'A prediction has instance_id, model_name_or_path and model_patch.';
    const row = validate(predictionSchema, withKey(raw), raw.place, 'predictions-invalid', hint);
    if (raw.key !== undefined && raw.key !== row.instance_id) {
      throw new UserError('predictions-invalid', `${raw.place}: field instance_id says ${row.instance_id}`);
    }
    return {
      instanceId: row.instance_id,
      model: row.model_name_or_path ?? path.basename(file).replace(/\.jsonl?$/, ''),
      patch: row.model_patch,
      source: raw.source,
    };
  });
}

/** In an object keyed by id, a value may be the patch alone and need not repeat the id. */
function withKey({ key, value }: RawRecord): unknown {
  if (key === undefined) return value;
  if (typeof value === 'string' || value === null) return { instance_id: key, model_patch: value };
  return typeof value === 'object' ? { instance_id: key, ...value } : value;
}
