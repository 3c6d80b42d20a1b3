import path from 'node:path';
import { expect, it } from 'vitest';
import { prepareInstance } from '../../../../src/pipeline/prepare/prepare-instance.js';
import type { AuditContext } from '../../../../src/pipeline/context/audit-context.js';
import { resolveRepository } from '../../../../src/trees/source.js';
import { makeRepository } from '../../../helpers/git-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

it.each(['..', 'a/../../b', '.'])(
  'keeps the trees of an instance named %s in the scratch directory',
  async (instanceId) => {
    const { directory, commit } = await makeRepository({ 'a.py': 'x = 1\n' });
    const workDirectory = await temporaryDirectory();
    const world = {
      workDirectory,
      listen: () => undefined,
      signal: new AbortController().signal,
      repositoryOf: () => resolveRepository(directory, { cacheDirectory: workDirectory }),
      environmentOf: () => ({}),
    } as unknown as AuditContext;
    const patch = 'diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1 +1 @@\n-x = 1\n+x = 2\n';
    const prepared = await prepareInstance(
      {
        instanceId,
        repo: directory,
        baseCommit: commit,
        goldPatch: patch,
        testPatch: '',
        problemStatement: '',
        failToPass: [],
        passToPass: [],
        environment: {},
        source: { file: 'rows.jsonl' },
      },
      world,
    );
    expect(path.dirname(prepared.directory)).toBe(workDirectory);
    await prepared.dispose();
  },
);
