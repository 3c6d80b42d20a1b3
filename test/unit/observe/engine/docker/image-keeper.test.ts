import { describe, expect, it, vi } from 'vitest';
import { ImageKeeper, type KeepImages } from '../../../../../src/observe/engine/docker/image-keeper.js';

/** Items are named by their image and a digit: `a1` and `a2` run in the image `a`. */
function keeper(keep: KeepImages, ...expected: readonly string[]) {
  const drop = vi.fn(() => Promise.resolve());
  const sut = new ImageKeeper<string>(keep, (item) => (item === 'none' ? undefined : item.slice(0, 1)), drop);
  for (const item of expected) sut.expect(item);
  return { sut, drop };
}

describe('ImageKeeper', () => {
  it('none: drops an image when the last item that needs it has ended, and not before', async () => {
    const { sut, drop } = keeper('none', 'a1', 'a2', 'b1');
    await sut.release('a1', true);
    expect(drop).not.toHaveBeenCalled();
    await sut.release('b1', false);
    expect(drop.mock.calls).toEqual([['b']]);
    await sut.release('a2', true);
    expect(drop.mock.calls).toEqual([['b'], ['a']]);
  });

  it('used: keeps what one item could be judged in, whichever it was', async () => {
    const { sut, drop } = keeper('used', 'a1', 'a2', 'b1');
    await sut.release('a1', true);
    await sut.release('a2', false);
    await sut.release('b1', false);
    expect(drop.mock.calls).toEqual([['b']]);
  });

  it('all: drops nothing', async () => {
    const { sut, drop } = keeper('all', 'a1');
    await sut.release('a1', false);
    expect(drop).not.toHaveBeenCalled();
  });

  it('has nothing to do with items that need no image', async () => {
    const { sut, drop } = keeper('none', 'none');
    await sut.release('none', false);
    expect(drop).not.toHaveBeenCalled();
  });
});
