import { z } from 'zod';
import { OptionError } from './option-error.js';

/** Types of options. Their messages end the sentence "OPTION must be ...". */
export const text = () => z.string('a string');
export const texts = () => z.array(z.string(), 'a list of strings').readonly();
export const flag = () => z.boolean('true or false');
export const seconds = () => {
  const expected = 'a positive number of seconds';
  return z.number(expected).positive(expected);
};
export const count = () => {
  const expected = 'a positive integer';
  return z.int(expected).positive(expected);
};
export const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `one of ${values.join(', ')}`);

/**
 * The options with their defaults.
 * @throws OptionError for the first option that does not exist or has a value that makes no sense
 */
export function parseOptions<T extends z.ZodType>(schema: T, given: z.input<T>): z.output<T> {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const option = String(issue?.path[0] ?? 'options');
  throw new OptionError({
    message: (spell) =>
      issue?.code === 'unrecognized_keys'
        ? `there is no option ${issue.keys.map(spell).join(', ')}`
        : `${spell(option)} must be ${issue?.message ?? 'given'}`,
    hint: () => 'See patchdiff --help.',
  });
}
