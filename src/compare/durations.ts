import type { Observation } from '../model/observation.js';

/** A number of seconds or milliseconds in a text: `in 0.12s`, `3.5 seconds`. */
const DURATION = /\b\d+\.\d+(?= ?(?:s|ms|secs?|seconds?)\b)/g;
/** Attributes that hold points in time or durations. */
const CLOCKS = new Set(['duration', 'elapsed', 'start', 'stop', 'time']);

/**
 * The observation with every duration set to zero: in texts, and in attributes that are named like one. For programs
 * under test that measure their own time, such as pytest, whose results would otherwise all be flaky.
 */
export function withoutDurations(observation: Observation): Observation {
  return withZeros(observation) as Observation;
}

function withZeros(part: unknown, name?: string): unknown {
  if (typeof part === 'string') return part.replace(DURATION, '0.00');
  if (Array.isArray(part)) return part.map((item) => withZeros(item));
  if (part === null || typeof part !== 'object') return part;
  if (name !== undefined && CLOCKS.has(name) && 't' in part && part.t === 'float')
    return { ...part, v: '0.0' };
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withZeros(value, key)]));
}
