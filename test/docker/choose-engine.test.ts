import { randomUUID } from 'node:crypto';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { chooseEngine, type EngineRequest } from '../../src/app/engine/choose-engine.js';
import { IMAGE } from '../helpers/docker-fixtures.js';

const ABSENT = 'localhost/patchdiff-no-such-image:1';

describe('the choice of an engine where Docker answers', () => {
  const choose = async (request: Partial<EngineRequest>) => {
    const sut = await chooseEngine({
      engine: 'auto',
      noSandbox: false,
      trusted: false,
      instanceImages: [],
      runId: randomUUID(),
      signal: new AbortController().signal,
      workDirectory: tmpdir(),
      ...request,
    });
    await sut.dispose();
    return sut.description;
  };

  it('is Docker when the image given, or else that of the first instance, is available', async () => {
    const chosen = `docker, because Docker answers and the image ${IMAGE} is available`;
    expect(await choose({ image: IMAGE, instanceImages: [ABSENT] })).toBe(chosen);
    expect(await choose({ instanceImages: [IMAGE, ABSENT] })).toBe(chosen);
  });

  it('is local when no image is known or the image is neither here nor in a registry', async () => {
    expect(await choose({})).toMatch(/^local, because no image is given; /);
    expect(await choose({ image: ABSENT })).toMatch(
      `local, because the image ${ABSENT} is neither here nor in a registry; `,
    );
  });

  it('is what the user asks for', async () => {
    expect(await choose({ engine: 'docker', image: IMAGE })).toBe('docker, as asked');
    expect(await choose({ engine: 'local', image: IMAGE })).toMatch(/^local, as asked; /);
  });
});
