import { describe, expect, it } from 'vitest';
import { instanceOf } from '../../../src/datasets/row.js';

const common = { instance_id: 'o__r-1', repo: 'o/r', base_commit: 'abc', patch: 'gold' };
const read = (fields: object) =>
  instanceOf({ value: { ...common, ...fields }, source: { file: 'd' }, place: 'd:1' });

describe('rows of the benchmarks of the family', () => {
  it('reads a row of SWE-bench Pro: lists as Python writes them, an image tag, /app', () => {
    const sut = read({
      fail_to_pass: `['tests/a.py::t[it\\'s]', "b's \\u00e9\\n"]`,
      pass_to_pass: '[]',
      dockerhub_tag: 'o.r-o__r-1',
    });
    expect(sut.failToPass).toEqual(["tests/a.py::t[it's]", "b's é\n"]);
    expect(sut.passToPass).toEqual([]);
    expect(sut.environment).toEqual({ image: 'jefzda/sweap-images:o.r-o__r-1', workdir: '/app' });
  });

  it.each([
    [{ docker_image: 'swerebench/sweb.eval.x86_64.o_1776_r-1' }, {}],
    [{ image_name: 'live/o.r:1' }, {}],
    [{ image_name: 'rebench/o.r:1', install_config: { test_cmd: 'pytest' } }, { workdir: '/r' }],
    [{ image_name: 'x/sweb.eval.o:1', install_config: { test_cmd: 'pytest' } }, {}],
  ])('finds the image of %j', (fields, rest) => {
    const { environment } = read({ FAIL_TO_PASS: ['t'], PASS_TO_PASS: [], ...fields });
    expect(environment).toEqual({ image: Object.values(fields)[0] as string, ...rest });
  });

  it('lets our own fields win', () => {
    const own = { image: 'mine:1', workdir: '/mine', FAIL_TO_PASS: ['x'], PASS_TO_PASS: '[]' };
    const sut = read({ ...own, docker_image: 'other', fail_to_pass: "['y']", dockerhub_tag: 'z' });
    expect(sut).toMatchObject({ failToPass: ['x'], environment: { image: 'mine:1', workdir: '/mine' } });
  });

  it('knows fail_only, and refuses another way of counting', () => {
    const lists = { FAIL_TO_PASS: [], PASS_TO_PASS: [] };
    expect(read({ ...lists, eval_type: 'fail_only' }).evalType).toBe('fail_only');
    expect(read({ ...lists, eval_type: 'pass_and_fail' }).evalType).toBeUndefined();
    expect(() => read({ ...lists, eval_type: 'x' })).toThrow(/field eval_type: must be/);
  });

  it.each(['not a list', "['open", '["a" "b"]', "[1, 'a']"])('refuses %s for test ids', (text) => {
    expect(() => read({ FAIL_TO_PASS: text, PASS_TO_PASS: [] })).toThrow(/field FAIL_TO_PASS/);
  });
});
