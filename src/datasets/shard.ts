import { createHash } from 'node:crypto';
import { UserError } from '../model/errors.js';
import type { Instance } from '../model/instance.js';
import type { Shard } from '../model/report.js';

/** Reads `i/n`, such as `2/4`. @throws UserError `usage` */
export function parseShard(text: string): Shard {
  const [, index, of] = /^([1-9]\d*)\/([1-9]\d*)$/.exec(text)?.map(Number) ?? [];
  if (index !== undefined && of !== undefined && index <= of) return { index, of };
  throw new UserError(
    'usage',
    `--shard ${text} is not of the form i/n with i from 1 to n`,
    'For example: --shard 2/4.',
  );
}

/**
 * The instances of one shard. An instance belongs to a shard by the hash of its id, or of the image that it
 * shares with others, so that rows that are added move no other, and an image is needed in one shard only.
 */
export function inShard(instances: readonly Instance[], { index, of }: Shard): Instance[] {
  return instances.filter(
    ({ instanceId, environment }) => hashOf(environment.image ?? instanceId) % of === index - 1,
  );
}

/** SHA-256 of ids, whatever their order: the same selection has the same. */
export function selectionHash(ids: readonly string[]): string {
  return createHash('sha256')
    .update([...ids].sort().join('\n'))
    .digest('hex');
}

/** The first 32 bits of a SHA-256. */
const hashOf = (text: string): number => createHash('sha256').update(text).digest().readUInt32BE();
