import { describe, expect, it } from 'vitest';
import { passing, see, testsOf, type BundledBenchmark, type Row, type Witness } from './bundled-benchmark.js';

/** Registers the tests of what must hold for the data of every bundled benchmark. */
export function testBundledBenchmark(benchmark: BundledBenchmark): void {
  testSums(benchmark);
  describe.concurrent('an instance', () => {
    testInstances(benchmark);
  });
  describe.concurrent('a prediction', () => {
    testPredictions(benchmark);
  });
}

function testSums(benchmark: BundledBenchmark): void {
  const { models, rows, pairs, summary } = benchmark;

  it('has every prediction of both submissions in expected.json, once', () => {
    const names = (list: readonly { instance_id: string }[], model: string) =>
      list.map(({ instance_id: id }) => `${model} ${id}`);
    const predicted = models.flatMap((model) => names(benchmark.submission(model).rows, model));
    expect(pairs.flatMap((pair) => names([pair], pair.model)).sort()).toEqual(predicted.sort());
    for (const model of models)
      for (const row of benchmark.submission(model).rows) expect(row.model_name_or_path).toBe(model);
  });

  it.each(models)('adds up what it expects of %s', (model) => {
    const own = pairs.filter((pair) => pair.model === model);
    const submitted = own.map((pair) => pair.instance_id);
    const { outcomes, ...sums } = summary[model]!;
    expect(sums).toMatchObject({
      instances: rows.length,
      submitted: own.length,
      incomplete: rows.map((row) => row.instance_id).filter((id) => !submitted.includes(id)),
      reported: benchmark.submission(model).resolved.length,
    });
    for (const [outcome, count] of Object.entries(outcomes))
      expect([outcome, own.filter((pair) => pair.outcome === outcome).length]).toEqual([outcome, count]);
    expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(own.length);
  });
}

function testInstances(benchmark: BundledBenchmark): void {
  const { rows } = benchmark;
  const flaky = flakyRows(benchmark);
  const steady = rows.filter((row) => !flaky.includes(row));

  /** What passes on gold under two hash seeds. */
  const underBothSeeds = async (row: Row) => {
    const gold = await benchmark.patched(row, row.patch, row.test_patch);
    return Promise.all([0, 1].map(async (hashSeed) => passing(gold, testsOf(row), { hashSeed })));
  };

  it.each(rows)('$instance_id keeps PASS_TO_PASS and fails FAIL_TO_PASS before the fix', async (row) => {
    expect(row.FAIL_TO_PASS).not.toEqual([]);
    expect(await passing(await benchmark.patched(row, row.test_patch), testsOf(row))).toEqual(
      row.PASS_TO_PASS,
    );
  });

  it.each(steady)('$instance_id passes after the fix, whatever the hash seed', async (row) => {
    expect(await underBothSeeds(row)).toEqual([testsOf(row), testsOf(row)]);
  });

  it.each(flaky)('$instance_id passes after the fix for some hash seeds only', async (row) => {
    const [one, other] = await underBothSeeds(row);
    expect(one).not.toEqual(other);
    for (const passed of [one, other]) expect(passed).toEqual(expect.arrayContaining([...row.PASS_TO_PASS]));
  });
}

function testPredictions(benchmark: BundledBenchmark): void {
  const { pairs } = benchmark;

  it.each(pairs)('$model on $instance_id is resolved where its submission says so: $shows', async (pair) => {
    const row = benchmark.rowOf(pair);
    const patch = benchmark.patchOf(pair);
    const loops = pair.reason === 'candidate-timeout';
    const tree = patch === '' ? null : await benchmark.treeOf(row, patch, row.test_patch);
    const passed = tree === null ? [] : await passing(tree, testsOf(row), loops ? { seconds: 3 } : {});
    const resolved = passed !== 'timeout' && passed.length === testsOf(row).length;
    expect(resolved).toBe(benchmark.submission(pair.model).resolved.includes(pair.instance_id));
    expect({ empty: patch === '', applies: tree !== null, ends: passed !== 'timeout' }).toEqual({
      empty: pair.outcome === 'empty',
      applies: !['empty', 'not-applied'].includes(pair.outcome),
      ends: !loops,
    });
    if (pair.plausible !== null) expect(resolved).toBe(pair.plausible);
  });

  it.each(pairs.filter((pair) => pair.developer_failures))(
    '$model on $instance_id fails developer tests outside the benchmark, which gold passes',
    async (pair) => {
      const row = benchmark.rowOf(pair);
      const tests = pair.developer_failures!;
      expect(tests.filter((test) => testsOf(row).includes(test))).toEqual([]);
      expect(await passing(await benchmark.patched(row, row.patch), tests)).toEqual(tests);
      expect(await passing(await benchmark.patched(row, benchmark.patchOf(pair)), tests)).toEqual([]);
    },
  );

  it.each(pairs.filter((pair) => pair.outcome === 'divergent'))(
    '$model on $instance_id differs from gold as its witness tells',
    async (pair) => {
      const row = benchmark.rowOf(pair);
      const { setup, expression, ...told } = pair.witness!;
      const seen = async (side: keyof typeof told, ...patches: string[]) =>
        see(
          await benchmark.patched(row, ...patches),
          pair.witness!,
          told[side] === 'timeout' ? { seconds: 3 } : {},
        );
      const [base, gold, candidate] = await Promise.all([
        seen('base'),
        seen('gold', row.patch),
        seen('candidate', benchmark.patchOf(pair)),
      ]);
      expect({ setup, expression, base, gold, candidate }).toEqual(pair.witness);
      expect(candidate).not.toBe(gold);
      if (pair.class) expect(pair.class).toContain(classOf(told));
    },
  );
}

/** The rows whose reference passes by chance. */
export function flakyRows({ rows, pairs }: BundledBenchmark): Row[] {
  const flaky = new Set(
    pairs.filter(({ reason }) => reason === 'gold-flaky').map((pair) => pair.instance_id),
  );
  return rows.filter((row) => flaky.has(row.instance_id));
}

function classOf({ base, gold, candidate }: Pick<Witness, 'base' | 'gold' | 'candidate'>): string {
  if (base === gold) return 'extra';
  return base === candidate ? 'missing' : 'different';
}
