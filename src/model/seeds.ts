import { createHash } from 'node:crypto';
import type { RunSeeds } from './options.js';

/** Hash seeds are below this; those that a patch might look for (0 is no randomisation at all) are not used. */
const BOUND = 4_294_967_295;
const LEAST = 1000;

/**
 * The seeds of an instance: the same in every run with the same seed, and none that a patch can know which was made before
 * the run.
 * @param goldEffect what the gold patch does to the tree
 */
export const instanceSeeds = (seed: number, instanceId: string, goldEffect: string): RunSeeds =>
  seedsOf(['instance', String(seed), instanceId, goldEffect]);

/** The seeds of a pair: all candidates of an instance share the first, under which gold's answers are kept for them. */
export function pairSeeds(ofInstance: RunSeeds, candidateEffect: string): RunSeeds {
  const [, second, third] = seedsOf(['pair', ...ofInstance.map(String), candidateEffect]);
  return [ofInstance[0], second, third];
}

function seedsOf(labels: readonly string[]): RunSeeds {
  const digest = createHash('sha256').update(labels.join('\0')).digest();
  const seedAt = (index: number) => LEAST + (digest.readUInt32BE(4 * index) % (BOUND - LEAST));
  return [seedAt(0), seedAt(1), seedAt(2)];
}
