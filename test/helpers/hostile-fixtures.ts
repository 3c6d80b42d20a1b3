import path from 'node:path';
import { openAudit } from '../../src/app/engine/open-audit.js';
import type { Instance, Prediction } from '../../src/model/instance.js';
import type { PairRecord } from '../../src/model/verdict.js';
import { auditInstance } from '../../src/pipeline/audit-instance.js';
import { openRepository } from '../../src/trees/repository.js';
import { FEW_STEPS } from './audit-fixtures.js';
import { makeRepository, userGit, writeFiles, type Files } from './git-fixtures.js';

const MODULE = 'spans/span.py';
const TESTS = 'tests/test_span.py';

/** The module with another body of its one function, what precedes it and what its docstring says. */
export const span = (body: string, top = '', docstring = 'Number of whole steps.'): string =>
  `${top}def steps(start, end, step):\n    """${docstring}"""\n${body}`;

const UNFIXED = '    return (end - start) // step\n';
const FIXED = '    if step == 0:\n        return 0\n    return max(0, (end - start) // step)\n';

const OLD_TESTS = 'from spans.span import steps\n\n\ndef test_plain():\n    assert steps(0, 9, 3) == 3\n';
const NEW_TESTS = `${OLD_TESTS}

def test_backwards():
    assert steps(9, 0, 3) == 0


def test_no_step():
    assert steps(0, 9, 0) == 0
`;
const OTHER_TEST = 'tests/test_title.py';

const BASE: Files = {
  'spans/__init__.py': '',
  [MODULE]: span(UNFIXED),
  [TESTS]: OLD_TESTS,
  [OTHER_TEST]: 'from spans.span import steps\n\n\ndef test_doc():\n    assert steps(4, 0, 2) <= 0\n',
};

/** Sources that hostile and honest candidates are made of. */
export const CODE = {
  module: MODULE,
  tests: TESTS,
  otherTest: OTHER_TEST,
  unfixed: (top = '') => span(UNFIXED, top),
  fixed: (top = '') => span(FIXED, top),
  rewritten: span(
    '    count = 0 if step == 0 else (end - start) // step\n    return count if count > 0 else 0\n',
  ),
  newTests: NEW_TESTS,
} as const;

/** Audits candidates, given by the files that each writes (null removes one), and returns their records by name. */
export async function auditCandidates(
  candidates: Readonly<Record<string, Readonly<Record<string, string | null>>>>,
): Promise<ReadonlyMap<string, PairRecord>> {
  const { directory, commit } = await makeRepository(BASE);
  const repository = await openRepository('demo/spans', path.join(directory, '.git'), directory);
  if (!repository) throw new Error(`${directory} is no repository`);
  const patchOf = async (files: Readonly<Record<string, string | null>>) => {
    const written = Object.entries(files).filter((entry): entry is [string, string] => entry[1] !== null);
    await writeFiles(directory, Object.fromEntries(written));
    for (const [file, text] of Object.entries(files))
      if (text === null) await userGit(directory, 'rm', '-q', file);
    await userGit(directory, 'add', '-A', '-f');
    const patch = await userGit(directory, 'diff', '--cached', '--binary');
    await userGit(directory, 'reset', '-q', '--hard');
    return `${patch}\n`;
  };
  const instance: Instance = {
    instanceId: 'demo__spans-1',
    repo: repository.name,
    baseCommit: commit,
    goldPatch: await patchOf({ [MODULE]: CODE.fixed() }),
    testPatch: await patchOf({ [TESTS]: NEW_TESTS }),
    problemStatement: '>>> from spans.span import steps\n>>> steps(9, 0, 3)\n0\n',
    failToPass: [`${TESTS}::test_backwards`, `${TESTS}::test_no_step`],
    passToPass: [`${TESTS}::test_plain`],
    environment: {},
    source: { file: 'demo.jsonl' },
  };
  const predictions: Prediction[] = [];
  for (const [model, files] of Object.entries(candidates)) {
    const patch = await patchOf(files);
    predictions.push({ instanceId: instance.instanceId, model, patch, source: { file: 'p.jsonl' } });
  }
  const records = new Map<string, PairRecord>();
  const { context, close } = await openAudit({
    runId: 'hostile',
    engine: 'local',
    environments: 'given',
    sandbox: true,
    trusted: false,
    instances: [instance],
    repositoryOf: () => Promise.resolve(repository),
    options: { ...FEW_STEPS, mutants: 20 },
    reuse: false,
    listen: () => undefined,
    tell: () => undefined,
    signal: new AbortController().signal,
  });
  try {
    await auditInstance(
      { instance, predictions, tests: [], judged: [] },
      { ...context, results: null },
      (record) => Promise.resolve(void records.set(record.model, record)),
    );
  } finally {
    await close();
  }
  return records;
}
