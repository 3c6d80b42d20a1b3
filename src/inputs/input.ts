import { createHash } from 'node:crypto';
import type { Input, Seed } from '../model/input.js';

/** The stable id of an input: a hash of everything that is run for it. */
export function inputId(prelude: string, prefix: readonly string[], source: string): string {
  return createHash('sha256')
    .update(JSON.stringify([prelude, prefix, source]))
    .digest('hex')
    .slice(0, 16);
}

/** The input `source` run after `prefix` in the seed's surroundings. */
export function inputOfSeed(seed: Seed, prefix: readonly string[], source: string): Input {
  return {
    id: inputId(seed.prelude, prefix, source),
    prelude: seed.prelude,
    prefix,
    source,
    generator: seed.origin,
    seed: seed.id,
    seedOrigin: seed.origin,
    mutations: [],
    illTyped: false,
  };
}

/** `input` with parts of its program replaced, and the id that goes with them. */
export function revise(
  input: Input,
  change: Partial<Pick<Input, 'prelude' | 'prefix' | 'source' | 'generator' | 'mutations' | 'illTyped'>>,
): Input {
  const revised = { ...input, ...change };
  return { ...revised, id: inputId(revised.prelude, revised.prefix, revised.source) };
}
