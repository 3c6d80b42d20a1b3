import { revise } from '../../inputs/program/input.js';
import { restrictPool, type FragmentPool } from '../../inputs/mutate/pool.js';
import { importsFrom, type Hosting } from '../../inputs/seeds/hosted-methods.js';
import { joinPreludes, withFile } from '../../inputs/seeds/prelude.js';
import type { SourceFile } from '../../inputs/seeds/test-seeds.js';
import type { Input, Seed } from '../../model/input.js';
import { boundNames } from '../../python/names.js';
import { indexModule, slicePrelude } from '../../python/slice.js';

/** Where mutants of an input may draw from, and the input made ready for what they draw. */
interface Surroundings {
  readonly pool: FragmentPool;
  /** The same input with a prelude that also binds the names of the pool's fragments. */
  readonly widen: (input: Input) => Input;
}

/** Everything executable that an instance brings with it. */
export interface SeedBank {
  /** The first, then docstrings, then tests, those that name a target before the others. */
  readonly seeds: readonly Seed[];
  /**
   * @param wide whether mutants may draw on everything that the input's test module binds, which it must then be possible to
   * run there; else on what the input itself binds
   */
  surroundings(input: Input, wide?: boolean): Surroundings;
}

/** The bank of an instance's seeds: what their mutants may draw from is found out once for each set-up. */
export function bankOf(
  seeds: readonly Seed[],
  testFiles: readonly (SourceFile & { readonly hosting: Hosting | undefined })[],
  pool: FragmentPool,
): SeedBank {
  const seedById = new Map(seeds.map((seed) => [seed.id, seed]));
  const files = new Map(testFiles.map((one) => [one.file, wideModule(one, one.hosting?.module, pool)]));
  const [main] = files.values();
  const cache = new Map<string, Surroundings>();
  return {
    seeds,
    surroundings(input, isWide = true) {
      const seed = seedById.get(input.seed);
      const host = seed?.host;
      const module = isWide ? (files.get(seed?.file ?? fileOf(host)) ?? main) : undefined;
      const key = JSON.stringify([input.seed, input.prefix, isWide]);
      const known = cache.get(key);
      if (known) return known;
      const own = boundNames([seed?.prelude ?? '', ...input.prefix].join('\n'));
      const wide = host?.module === undefined ? module?.prelude : module?.imports;
      const prelude = wide === undefined || !seed ? undefined : joinPreludes([wide, seed.prelude]);
      const made: Surroundings = {
        pool: restrictPool(pool, new Set([...own, ...(host?.names ?? []), ...(module?.names ?? [])])),
        widen: (narrow) => (prelude === undefined ? narrow : revise(narrow, { prelude })),
      };
      cache.set(key, made);
      return made;
    },
  };
}

/** A test module's own bindings that the pool's fragments use, and the preludes that make them. */
interface WideModule {
  readonly names: ReadonlySet<string>;
  /** Cut from the module, so that the module itself is not imported. */
  readonly prelude: string;
  /** Taken from the module, for code that runs where a runner has imported it. */
  readonly imports: string;
}

/** @param name that a runner imports the module by; absent where none can */
function wideModule({ file, source }: SourceFile, name: string | undefined, pool: FragmentPool): WideModule {
  const bound = boundNames(source);
  const names = new Set(
    pool.fragments.flatMap((fragment) => fragment.names).filter((name) => bound.has(name)),
  );
  return {
    names,
    prelude: withFile(slicePrelude(source, file, names), file),
    imports: name === undefined ? '' : importsFrom(name, indexModule(source, file), names),
  };
}

const fileOf = (host: Seed['host']): string => host?.test.split('::')[0] ?? '';
