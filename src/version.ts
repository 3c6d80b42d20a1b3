import { readFileSync } from 'node:fs';

interface Manifest {
  readonly version: string;
  readonly engines: { readonly node: string };
}

const manifest = (): Manifest =>
  JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as Manifest;

/** The version in package.json. */
export const toolVersion = (): string => manifest().version;

/** The oldest Node.js that package.json allows: `20.19.0`. */
export const oldestNode = (): string => manifest().engines.node.replace(/^>=/, '');
