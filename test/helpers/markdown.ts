import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { ROOT } from './cli.js';

/** A page of the documentation; `file` is relative to the root of this repository. */
export interface Page {
  readonly file: string;
  readonly text: string;
}

/** Every Markdown page that people read: the two at the root, and those of `docs` and `benchmarks`. */
export async function documentationPages(): Promise<Page[]> {
  const inFolder = async (folder: string) =>
    (await readdir(path.join(ROOT, folder), { recursive: true }))
      .filter((name) => name.endsWith('.md') && !name.includes('repos/'))
      .map((name) => `${folder}/${name}`);
  const files = [
    'README.md',
    'CONTRIBUTING.md',
    ...(await inFolder('docs')),
    ...(await inFolder('benchmarks')),
  ];
  return Promise.all(
    files.map(async (file) => ({ file, text: await readFile(path.join(ROOT, file), 'utf8') })),
  );
}

/** A page without its code blocks, in which `#` begins no heading and brackets are no links. */
export const withoutCodeBlocks = (text: string): string =>
  text.replaceAll(/^( *)(```+)[^\n]*\n[\s\S]*?^\1\2 *$/gm, '');

/** Targets of links and images, Markdown and HTML, without those to other sites. */
export function relativeLinks(text: string): string[] {
  const prose = withoutCodeBlocks(text).replaceAll(/`[^`\n]*`/g, '');
  const targets = [
    ...prose.matchAll(/\]\(\s*([^()\s]+)(?:\s+"[^"]*")?\s*\)/g),
    ...prose.matchAll(/\b(?:src|href)="([^"]+)"/g),
  ].map(([, target = '']) => target);
  return targets.filter((target) => !/^[a-z][a-z+.-]*:/i.test(target));
}

/** The anchors that GitHub gives the headings of a page. */
export function anchors(text: string): string[] {
  const seen = new Map<string, number>();
  return [...withoutCodeBlocks(text).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = '']) => {
    const slug = heading
      .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\p{M}_ -]/gu, '')
      .replaceAll(' ', '-');
    const times = seen.get(slug) ?? 0;
    seen.set(slug, times + 1);
    return times === 0 ? slug : `${slug}-${times}`;
  });
}

/** The text of every code span outside code blocks. */
export const codeSpans = (text: string): string[] =>
  [...withoutCodeBlocks(text).matchAll(/(?<!`)`([^`\n]+)`(?!`)/g)].map(([, code = '']) => code);
