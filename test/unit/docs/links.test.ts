import path from 'node:path';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ROOT } from '../../helpers/cli.js';
import { anchors, codeSpans, documentationPages, relativeLinks } from '../../helpers/markdown.js';

const pages = await documentationPages();
const textOf = new Map(pages.map(({ file, text }) => [file, text]));

/** What is wrong with a link; null when it leads somewhere. */
function fault(from: string, target: string): string | null {
  const [file = '', anchor] = target.split('#');
  const to = file === '' ? from : path.posix.join(path.posix.dirname(from), file);
  if (to.startsWith('../') || !existsSync(path.join(ROOT, to))) return `${target}: there is no ${to}`;
  if (anchor === undefined) return null;
  return anchors(textOf.get(to) ?? '').includes(anchor) ? null : `${target}: no such heading in ${to}`;
}

/** Sources of the project; what a placeholder such as NAME stands in is no path. */
const isOwnPath = (code: string): boolean =>
  /^(?:src|test|containers|benchmarks|docs|schema|\.ci|\.github)\/[\w./-]+$/.test(code) &&
  !/[A-Z]{4}/.test(code.replaceAll('README', '').replaceAll('CONTRIBUTING', ''));

describe.each(pages)('$file', ({ file, text }) => {
  it('links to files and headings that exist', () => {
    expect(relativeLinks(text).flatMap((target) => fault(file, target) ?? [])).toEqual([]);
  });

  it('names paths that exist', () => {
    const missing = codeSpans(text).filter((code) => isOwnPath(code) && !existsSync(path.join(ROOT, code)));
    expect(missing).toEqual([]);
  });
});

it('leads from the README to every page of docs', () => {
  const linked = relativeLinks(textOf.get('README.md') ?? '').map((target) => target.split('#')[0]);
  const inDocs = pages.map(({ file }) => file).filter((file) => file.startsWith('docs/'));
  expect(inDocs.filter((file) => !linked.includes(file))).toEqual([]);
});

describe('what the checks above rest on', () => {
  it('finds links and images, but none in code', () => {
    const text =
      '[a](b.md#c) ![d](e.svg "f") <img src="g.svg"> [h](https://i.j) `[k](l)`\n```\n[m](n)\n```\n';
    expect(relativeLinks(text)).toEqual(['b.md#c', 'e.svg', 'g.svg']);
  });

  it('names headings as GitHub does', () => {
    const text = '# A `b` & c\n## Two, *and* more\n```sh\n# no heading\n```\n## A `b` & c\n### [d](e)\n';
    expect(anchors(text)).toEqual(['a-b--c', 'two-and-more', 'a-b--c-1', 'd']);
  });

  it('reports a missing file and a missing heading', () => {
    expect(fault('README.md', 'docs/none.md')).toContain('there is no docs/none.md');
    expect(fault('README.md', 'CONTRIBUTING.md#none')).toContain('no such heading');
  });
});
