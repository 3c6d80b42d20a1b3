import { createHash } from 'node:crypto';

/**
 * A file name for any text (a model, an instance id): the text itself where it is one already, else
 * the text with other characters replaced and a short hash added, so that different texts never share a name.
 */
export function fileName(text: string): string {
  const clean = text
    .replaceAll('/', '__')
    .replace(/[^\w.+@=-]/g, '_')
    .replace(/^(\.|$)/, '_')
    .slice(0, 120);
  if (clean === text) return text;
  return `${clean}-${createHash('sha256').update(text).digest('hex').slice(0, 8)}`;
}
