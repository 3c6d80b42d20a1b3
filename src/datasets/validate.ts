import type { z } from 'zod';
import { UserError } from '../model/errors.js';

/** Validates a record. Throws UserError naming the place, the field and what is wrong with it. */
export function validate<T>(
  schema: z.ZodType<T>,
  value: unknown,
  place: string,
  code: string,
  hint: string,
): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => {
    const field = issue.path.map(String).join('.');
    return field === '' ? issue.message : `field ${field}: ${issue.message}`;
  });
  throw new UserError(code, `${place}: ${problems.join('; ')}`, hint);
}
