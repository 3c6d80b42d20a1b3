import { loadReportedResolved, type SubmissionResults } from '../../datasets/official-results.js';
import type { LoadedPredictions } from '../../datasets/predictions.js';
import { OptionError } from '../options/option-error.js';

/** What others count as resolved, by submission. */
export type ResultsByModel = ReadonlyMap<string, SubmissionResults>;

/** Reads the reported results of each submission; `explicit` is the file that the user named. */
export async function readResults(
  { submissions }: LoadedPredictions,
  explicit: string | undefined,
): Promise<ResultsByModel> {
  if (explicit !== undefined && submissions.length > 1) {
    throw new OptionError({
      message: (spell) =>
        `${spell('results')} ${explicit} cannot be shared by ${submissions.length} submissions`,
      hint: () => 'Put NAME.results.json beside each NAME.jsonl instead.',
    });
  }
  const results = new Map<string, SubmissionResults>();
  for (const submission of submissions) {
    results.set(submission.model, await loadReportedResolved(submission, explicit));
  }
  return results;
}

/** A sentence for each file that counts other instances as resolved than the one that is used. */
export function disagreements(results: ResultsByModel): string[] {
  return [...results].flatMap(([model, { reported, disagreeing }]) =>
    reported === null
      ? []
      : disagreeing.map(
          (other) =>
            `${model}: ${reported.source} counts ${reported.ids.length} as resolved and is used; ` +
            `${other.source} counts ${other.ids.length}, not the same ones`,
        ),
  );
}
