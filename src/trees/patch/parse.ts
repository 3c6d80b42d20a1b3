import { parsePatch as parseUnified } from 'diff';

/** A file that a patch says it touches. */
export interface PatchedFile {
  /** POSIX path as written, without `a/` or `b/`; the old path of a deleted file. */
  readonly path: string;
  /** Where a renamed or copied file comes from. */
  readonly previousPath?: string;
  readonly kind: 'add' | 'modify' | 'delete' | 'rename';
  /** `content`: a binary patch that can be applied; `stub`: only the remark that binary files differ. */
  readonly binary?: 'content' | 'stub';
  /** Where a symbolic link that the patch writes leads to. */
  readonly linkTarget?: string;
}

const NOWHERE = '/dev/null';

/**
 * Lists the files that a patch names, in its order. Never throws: a section whose hunks are malformed is
 * listed by whatever file headers it holds, and git decides later whether it applies.
 */
export function parsePatch(text: string): PatchedFile[] {
  // A hunk's own lines never start with `diff --git`, so that this cuts between files only.
  return text
    .replaceAll('\r\n', '\n')
    .split(/(?<=^|\n)(?=diff --git )/)
    .flatMap(filesOfSection);
}

function filesOfSection(section: string): PatchedFile[] {
  const binary = /(?<=^|\n)GIT binary patch(?=\n|$)/.test(section)
    ? 'content'
    : /(?<=^|\n)Binary files .* differ(?=\n|$)/.test(section)
      ? 'stub'
      : undefined;
  const linkTarget = /(?<=^|\n)(?:new file mode|new mode|index \S+) 120000(?=\n|$)/.test(section)
    ? /(?<=^|\n)\+(?!\+\+ )([^\n]*)/.exec(section)?.[1]
    : undefined;
  return headersOf(section).map((header) => ({
    ...describe(header),
    ...(binary === undefined ? {} : { binary }),
    ...(linkTarget === undefined ? {} : { linkTarget }),
  }));
}

interface Header {
  readonly from: string;
  readonly to: string;
  readonly created: boolean;
  readonly deleted: boolean;
}

function headersOf(section: string): Header[] {
  try {
    return parseUnified(section).flatMap((file) => {
      const from = file.oldFileName;
      const to = file.newFileName;
      if (from === undefined || to === undefined) return [];
      return [{ from, to, created: file.isCreate === true, deleted: file.isDelete === true }];
    });
  } catch {
    return looseHeaders(section);
  }
}

/** Pairs of `---` and `+++` lines wherever they stand. */
function looseHeaders(section: string): Header[] {
  const pairs = section.matchAll(/(?<=^|\n)--- ([^\t\n]+)[^\n]*\n\+\+\+ ([^\t\n]+)/g);
  return [...pairs].map(([, from = '', to = '']) => ({ from, to, created: false, deleted: false }));
}

function describe({ from, to, created, deleted }: Header): Omit<PatchedFile, 'binary' | 'linkTarget'> {
  const [before, after] = [withoutPrefix(from), withoutPrefix(to)];
  if (created || from === NOWHERE) return { path: after, kind: 'add' };
  if (deleted || to === NOWHERE) return { path: before, kind: 'delete' };
  if (before !== after) return { path: after, previousPath: before, kind: 'rename' };
  return { path: after, kind: 'modify' };
}

function withoutPrefix(file: string): string {
  return file.replace(/^[a-z]\//, '');
}
