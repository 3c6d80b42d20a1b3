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

  it('reads a row of SWE-PolyBench: F2P and P2P as Python writes them, whole files and classes too', () => {
    const sut = read({ F2P: "['tests/a.py', 'tests/b.py::TestB']", P2P: '[]', language: 'Python' });
    expect([sut.failToPass, sut.passToPass]).toEqual([['tests/a.py', 'tests/b.py::TestB'], []]);
  });

  it('reads a row of Multi-SWE-bench', () => {
    const row = {
      ...{
        org: 'o',
        repo: 'r',
        number: 7,
        base: { ref: 'main', sha: 'abc' },
        fix_patch: 'fix',
        test_patch: 'tests',
      },
      resolved_issues: [{ number: 1, title: 'It fails', body: 'always' }],
      f2p_tests: { 't.py::a': { run: 'PASS', test: 'FAIL', fix: 'PASS' } },
      n2p_tests: { 't.py::n': {} },
      p2p_tests: { 't.py::b': {} },
    };
    expect(instanceOf({ value: row, source: { file: 'd' }, place: 'd:1' })).toMatchObject({
      ...{ instanceId: 'o__r-7', repo: 'o/r', baseCommit: 'abc', goldPatch: 'fix', testPatch: 'tests' },
      ...{
        problemStatement: 'It fails\n\nalways',
        failToPass: ['t.py::a', 't.py::n'],
        passToPass: ['t.py::b'],
      },
    });
  });

  it('reads a row of SWE-smith: the branch of the instance holds the bug, and undoing its patch is the fix', () => {
    const bug = '--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-good\n+bad\n';
    const row = { instance_id: 'o__r.12345678.x__y', repo: 'swesmith/o__r.12345678', patch: bug };
    const value = { ...row, FAIL_TO_PASS: ['t.py::a'], PASS_TO_PASS: [], image_name: 'smith/x' };
    expect(instanceOf({ value, source: { file: 'd' }, place: 'd:1' })).toMatchObject({
      baseCommit: 'o__r.12345678.x__y',
      goldPatch: '--- a/x.py\n+++ b/x.py\n@@ -1 +1 @@\n-bad\n+good\n',
      environment: { image: 'smith/x' },
    });
  });

  it('reads a row of SWE-Gym: test ids as lists', () => {
    expect(read({ FAIL_TO_PASS: ['t.py::a'], PASS_TO_PASS: [], version: '3.1' })).toMatchObject({
      failToPass: ['t.py::a'],
      version: '3.1',
    });
  });

  it('reads a row of R2E-Gym: the change from the content of the files, apart from that of the tests', () => {
    const file = (path: string, before: string, after: string) => ({
      header: { file: { path } },
      old_file_content: before,
      new_file_content: after,
    });
    const parsed = {
      old_commit_hash: 'old',
      file_diffs: [file('lib/x.py', 'a\nb\n', 'a\nc\n'), file('tests/test_x.py', '', 'def test(): pass\n')],
    };
    const value = {
      ...{ repo_name: 'aiohttp', commit_hash: 'c0', docker_image: 'r2e/x:1', problem_statement: 'bug' },
      parsed_commit_content: JSON.stringify(parsed),
    };
    const sut = instanceOf({ value, source: { file: 'd' }, place: 'd:1' });
    expect(sut).toMatchObject({
      ...{ instanceId: 'aiohttp__c0', repo: 'aio-libs/aiohttp', baseCommit: 'old', failToPass: [] },
      environment: { image: 'r2e/x:1' },
    });
    expect(sut.goldPatch).toBe(
      'diff --git a/lib/x.py b/lib/x.py\n--- a/lib/x.py\n+++ b/lib/x.py\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n',
    );
    expect(sut.testPatch).toContain('--- /dev/null\n+++ b/tests/test_x.py\n');
  });

  it('reads rows of Nemotron: a golden patch, or a row as JSON in the metadata of a prompt', () => {
    const golden = { instance_id: 'o__r-3', golden_patch: 'gold', prompt: 'bug', base_commit: 'abc' };
    const source = { source: { file: 'd' }, place: 'd:1' };
    expect(instanceOf({ value: golden, ...source })).toMatchObject({
      ...{ repo: 'o/r', goldPatch: 'gold', problemStatement: 'bug', failToPass: [] },
    });
    const row = { ...common, FAIL_TO_PASS: '["t"]', PASS_TO_PASS: '[]' };
    const value = { responses_create_params: { metadata: { instance_dict: JSON.stringify(row) } } };
    expect(instanceOf({ value, ...source })).toMatchObject({ instanceId: 'o__r-1', failToPass: ['t'] });
    expect(() => instanceOf({ value: { ...golden, base_commit: undefined }, ...source })).toThrow(
      'field base_commit: is missing',
    );
  });

  it('takes null for no tests', () => {
    expect(read({ FAIL_TO_PASS: ['t'], PASS_TO_PASS: null }).passToPass).toEqual([]);
  });
});
