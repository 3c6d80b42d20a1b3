import { createHash } from 'node:crypto';
import { renderObservation } from '../compare/render.js';
import type { Divergence } from '../model/divergence.js';

/** The submission and divergence that a test was found with. */
export interface Witness {
  readonly model: string;
  readonly divergence: string;
}

/** A differentiating test that speaks of no one submission, so that equal tests of several are one. */
export interface PortableTest {
  /** Name of the test function, `.py` makes it that of the file: the same for the same statements. */
  readonly name: string;
  /** A complete pytest file, without a word of where it comes from. */
  readonly code: string;
  readonly divergence: Divergence;
  readonly passesOnBase: boolean;
  /** What it prints where it passes; some runners' logs are broken by that. */
  readonly prints: boolean;
  /** Those it was seen to fail on. */
  readonly witnesses: readonly [Witness, ...Witness[]];
}

const HEADER = /^(?:#.*\n)*/;
const FUNCTION = /^def (test_patchdiff_\w+)\([\w, ]*\):$/m;

/**
 * The test of one divergence as a portable one. Null when the divergence has none, or when base, which decides
 * the list that it belongs to, is unknown.
 */
export function portableTest(divergence: Divergence, model: string): PortableTest | null {
  const { test, observations } = divergence;
  if (!test?.verified) return null;
  const passesOnBase = test.passesOnBase ?? passesByClass(divergence);
  const code = test.source.replace(HEADER, '');
  const written = FUNCTION.exec(code)?.[1];
  if (passesOnBase === null || written === undefined) return null;
  const anonymous = code.replaceAll(written, 'test_patchdiff');
  const name = `test_patchdiff_${createHash('sha256').update(anonymous).digest('hex').slice(0, 10)}`;
  const { stdout, stderr } = observations.gold;
  return {
    name,
    code: code.replaceAll(written, name),
    divergence,
    passesOnBase,
    prints: stdout !== '' || stderr !== '',
    witnesses: [{ model, divergence: divergence.id }],
  };
}

/** What base does with a test of an older record follows from what it answered. */
function passesByClass({ class: found }: Divergence): boolean | null {
  return found === 'unclassified' ? null : found === 'extra';
}

/** The file of a test as it goes into a dataset: what it is evidence of, then its code. */
export function testFileText({ code, divergence, witnesses }: PortableTest, instanceId: string): string {
  const { gold, candidate } = divergence.observations;
  const models = [...new Set(witnesses.map(({ model }) => model))].sort();
  const header = [
    `${instanceId}: passes on the gold patch, and failed on ${models.join(', ')}`,
    `class: ${divergence.class}, grade: ${divergence.grade} (patchdiff)`,
    `gold:  ${renderObservation(gold)}`,
    `other: ${renderObservation(candidate)}`,
  ];
  return `${header.map((line) => `# ${line.replace(/\s*[\n\r\f\v]\s*/g, ' ')}`.trimEnd()).join('\n')}\n${code}`;
}
