import { createHash } from 'node:crypto';

/**
 * A file name for any text (a model, an instance id): the text itself where it is one already, else as near
 * as can be with a short hash, so that different texts never share a name.
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
