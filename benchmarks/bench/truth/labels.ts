import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { STRONG_GRADES } from '../../../src/metrics/evidence.js';
import { gradeSchema } from '../../../src/model/divergence.js';

/** What a person said of a patch, or what it was made to be. */
export type TruthName = 'incorrect' | 'debatable' | 'fine';

/** The truth about one distinct patch of an instance. */
export interface TruthLabel {
  readonly id: string;
  readonly instanceId: string;
  /** Submissions that sent it; the hash is that of the first one's text. */
  readonly submissions: readonly string[];
  readonly patchSha256: string | null;
  readonly label: TruthName;
  readonly scope: string;
  /** From 0.5 to 1. */
  readonly confidence: number;
  /** An input on which the sides differ, as the labeller wrote it; empty where there is none. */
  readonly input: string;
  readonly answers: Readonly<Record<'base' | 'gold' | 'candidate', string>>;
  readonly why: string;
  /** Made to be right or wrong, not found in the wild. */
  readonly constructed: boolean;
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? '');
const lineSchema = z
  .object({
    id: z.string().optional(),
    instance_id: z.string().min(1),
    submissions: z.array(z.string()).min(1),
    patch_sha256: z.string().nullish(),
    label: z.enum(['incorrect', 'debatable', 'fine']),
    scope: text,
    confidence: z.number().min(0).max(1).default(1),
    plausible_input: text,
    base: text,
    gold: text,
    candidate: text,
    why: text,
  })
  .transform(
    ({ id, instance_id, submissions, patch_sha256, label, scope, confidence, ...rest }): TruthLabel => ({
      id: id ?? `${instance_id} ${submissions.join(', ')}`,
      instanceId: instance_id,
      submissions,
      patchSha256: patch_sha256 ?? null,
      label,
      scope,
      confidence,
      input: rest.plausible_input,
      answers: { base: rest.base, gold: rest.gold, candidate: rest.candidate },
      why: rest.why,
      constructed: false,
    }),
  );

const expectedSchema = z.object({
  pairs: z.array(
    z.object({
      instance_id: z.string(),
      model: z.string(),
      shows: text,
      outcome: z.string(),
      plausible: z.boolean().nullish(),
      grade: z.array(gradeSchema).optional(),
      witness: z
        .object({ setup: text, expression: text, base: text, gold: text, candidate: text })
        .optional(),
    }),
  ),
});

/**
 * The labels of a file: JSON lines as `docs/method.md` describes them, or the `expected.json` of a bundled benchmark.
 * @throws Error that names the file, and the line and the field that cannot be read
 */
export async function readTruth(file: string): Promise<TruthLabel[]> {
  const content = await readFile(file, 'utf8').catch((error: unknown) => {
    throw new Error(`${file} cannot be read: ${String(error)}`);
  });
  if (path.extname(file) === '.json') return constructedLabels(parsed(content, file, expectedSchema));
  const labels = content
    .split('\n')
    .flatMap((line, index) =>
      line.trim() === '' ? [] : [parsed(line, `${file}, line ${index + 1},`, lineSchema)],
    );
  const seen = new Set<string>();
  for (const { id } of labels) {
    if (seen.has(id)) throw new Error(`${file} has two labels with the id ${id}`);
    seen.add(id);
  }
  return labels;
}

function parsed<T>(content: string, where: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch {
    throw new Error(`${where} is not JSON`);
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new Error(`${where} is no label: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
}

/** Pairs that behave alike are fine, those made to differ in what a person would call wrong are incorrect. */
function constructedLabels({ pairs }: z.infer<typeof expectedSchema>): TruthLabel[] {
  return pairs.flatMap(({ instance_id, model, shows, outcome, plausible, grade = [], witness }) => {
    const isWrong = outcome === 'divergent' && grade.some((one) => STRONG_GRADES.includes(one));
    if (plausible !== true || !(isWrong || outcome === 'consistent')) return [];
    const { setup = '', expression = '', base = '', gold = '', candidate = '' } = witness ?? {};
    return [
      {
        id: `${instance_id} ${model}`,
        instanceId: instance_id,
        submissions: [model],
        patchSha256: null,
        label: isWrong ? 'incorrect' : 'fine',
        scope: '',
        confidence: 1,
        input: [setup, expression].filter(Boolean).join('\n'),
        answers: { base, gold, candidate },
        why: shows,
        constructed: true,
      } satisfies TruthLabel,
    ];
  });
}
