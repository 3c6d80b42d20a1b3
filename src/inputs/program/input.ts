import { createHash } from 'node:crypto';
import type { Input, Seed } from '../../model/input.js';

/** The parts of an input that are run. */
type Run = Pick<Input, 'prelude' | 'prefix' | 'source' | 'host'>;

/** The stable id of an input: a hash of everything that is run for it. */
export function inputId({ prelude, prefix, source, host }: Run): string {
  return createHash('sha256')
    .update(JSON.stringify([prelude, prefix, source, ...(host ? [host] : [])]))
    .digest('hex')
    .slice(0, 16);
}

/** The input that runs `source` after `prefix`, with the prelude and host test of the seed. */
export function inputOfSeed(seed: Seed, prefix: readonly string[], source: string): Input {
  const { prelude, host } = seed;
  const run: Run = { prelude, prefix, source, ...(host ? { host } : {}) };
  return {
    id: inputId(run),
    ...run,
    generator: seed.origin,
    seed: seed.id,
    seedOrigin: seed.origin,
    mutations: [],
    domain: 'observed',
  };
}

/** `input` with parts replaced, and its id updated. */
export function revise(
  input: Input,
  change: Partial<
    Pick<Input, 'prelude' | 'prefix' | 'source' | 'generator' | 'mutations' | 'domain' | 'outside'>
  >,
): Input {
  const revised = { ...input, ...change };
  return { ...revised, id: inputId(revised) };
}
