import { createHash } from 'node:crypto';
import stringify from 'safe-stable-stringify';

/**
 * SHA-256 (hex) over JSON-like parts, whatever the order of their keys: the content that a result depends on,
 * so that a result is reused only for the same content.
 */
export function contentKey(parts: Readonly<Record<string, unknown>>): string {
  return createHash('sha256').update(stringify(parts)).digest('hex');
}
