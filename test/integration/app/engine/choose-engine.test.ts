import { chmod } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chooseEngine, type EngineRequest } from '../../../../src/app/engine/choose-engine.js';
import { sandboxProblem } from '../../../../src/observe/engine/local/sandbox-powers.js';
import { removeDirectory } from '../../../../src/platform/remove-directory.js';
import { writeFiles } from '../../../helpers/side-fixtures.js';
import { temporaryDirectory } from '../../../helpers/temporary-directory.js';

describe('the choice of an engine', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await temporaryDirectory();
    vi.stubEnv('DOCKER_HOST', `unix://${directory}/no-docker.sock`);
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await removeDirectory(directory);
  });

  const choose = (request: Partial<EngineRequest>) =>
    chooseEngine({
      engine: 'local',
      noSandbox: false,
      trusted: false,
      instanceImages: [],
      runId: 'test',
      signal: new AbortController().signal,
      workDirectory: directory,
      ...request,
    });
  const withoutBubblewrap = async () => {
    await writeFiles(directory, { bwrap: '#!/bin/sh\necho "no namespaces" >&2; exit 1\n' });
    await chmod(path.join(directory, 'bwrap'), 0o755);
    vi.stubEnv('PATH', `${directory}:${process.env['PATH']}`);
  };

  it('sandboxes local runs where it can', async () => {
    expect((await choose({})).description).toMatch(/^local, as asked; sandboxed by bubblewrap(; |$)/);
    expect((await choose({ trusted: true })).description).toContain('sandboxed by bubblewrap');
  });

  it('leaves the sandbox out when asked', async () => {
    expect((await choose({ noSandbox: true })).description).toBe(
      'local, as asked; without a sandbox, as asked',
    );
  });

  it.each(['auto', 'local'] as const)('never does without a sandbox on its own: %s', async (engine) => {
    await withoutBubblewrap();
    await expect(choose({ engine })).rejects.toMatchObject({
      code: 'sandbox-missing',
      message: expect.stringContaining('no namespaces') as string,
      hint: expect.stringContaining('--no-sandbox') as string,
    });
  });

  it('does without a sandbox for patches that come with patchdiff, and says why', async () => {
    await withoutBubblewrap();
    expect((await choose({ trusted: true })).description).toMatch(/without a sandbox, .*\(no namespaces\)/);
  });

  it('tells that bubblewrap is not installed', async () => {
    vi.stubEnv('PATH', directory);
    expect(await sandboxProblem()).toBe('bubblewrap is not installed');
  });

  it('tells that Docker was asked for and does not answer', async () => {
    await expect(choose({ engine: 'docker' })).rejects.toMatchObject({
      code: 'docker-unavailable',
      message: expect.stringContaining('no-docker.sock') as string,
    });
  });

  it('is local when Docker does not answer, and says so', async () => {
    const { name, description } = await choose({ engine: 'auto', image: 'some/image' });
    expect({ name, description }).toMatchObject({
      name: 'local',
      description: expect.stringMatching(/Docker does not answer .* sandboxed by bubblewrap/) as string,
    });
  });
});
