import { expect, it } from 'vitest';
import { DamagedZstd, unzstd } from '../../../src/datasets/read/zstd.js';
import { SHAPE_FIXTURES } from '../../helpers/shape-fixtures.js';

const { files } = SHAPE_FIXTURES.find(({ variant }) => variant === 'zstd')!;
const packed = Buffer.from(Object.values(files)[0] as Uint8Array);

async function unpack(data: Buffer, seconds: number): Promise<string> {
  const pieces: Buffer[] = [];
  const chunks = (async function* () {
    yield data;
    await Promise.resolve();
  })();
  for await (const piece of unzstd(chunks, seconds)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

it('gives the content, or says that it is damaged, wherever a byte is wrong', async () => {
  expect(await unpack(packed, 20)).toContain('model_patch');
  for (let at = 4; at < packed.length; at += 5) {
    const damaged = Buffer.from(packed);
    damaged[at] = damaged[at]! ^ 0xff;
    const fault = await unpack(damaged, 20).catch((error: unknown) => error);
    expect(typeof fault === 'string' || fault instanceof DamagedZstd, `byte ${at}: ${String(fault)}`).toBe(
      true,
    );
  }
});

it('does not wait for data that is not unpacked in time', async () => {
  await expect(unpack(packed, 0)).rejects.toThrow('it was not unpacked within 0 s');
});
