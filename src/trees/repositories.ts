import { resolveRepository, type RepositoryOptions } from './source.js';
import type { Repository } from './repository.js';

/** Finds every repository once, however many pairs ask for it at the same time. */
export class Repositories {
  readonly #found = new Map<string, Promise<Repository>>();

  constructor(private readonly options: Omit<RepositoryOptions, 'relativeTo'>) {}

  /** As `resolveRepository`; `relativeTo` is the directory of the dataset that names it. */
  async resolve(name: string, relativeTo: string): Promise<Repository> {
    const key = JSON.stringify([name, relativeTo]);
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const found = resolveRepository(name, { ...this.options, relativeTo });
    this.#found.set(key, found);
    return found;
  }
}
