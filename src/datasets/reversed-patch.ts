const HUNK = /^@@ -(\S+) \+(\S+) @@(.*)$/s;

/**
 * The patch that undoes a patch: of text files that are changed, added or deleted. Bytes of lines stay as they are;
 * renames and binary parts are left for git to refuse.
 */
export function reversedPatch(patch: string): string {
  const reversed: string[] = [];
  const block = { removed: [] as string[], added: [] as string[] };
  let left = { old: 0, new: 0 };
  let from: string | null = null;
  const flush = () => {
    reversed.push(...block.removed.splice(0), ...block.added.splice(0));
  };
  for (const line of patch.split(/(?<=\n)/)) {
    if (left.old > 0 || left.new > 0 || line.startsWith('\\')) {
      const [sign, rest] = [line[0], line.slice(1)];
      if (sign === '-') block.added.push(`+${rest}`);
      else if (sign === '+') block.removed.push(`-${rest}`);
      else if (sign === '\\') noteEnd(block, line, reversed);
      else {
        flush();
        reversed.push(line);
      }
      if (sign !== '\\')
        left = { old: left.old - Number(sign !== '+'), new: left.new - Number(sign !== '-') };
      continue;
    }
    flush();
    const hunk = HUNK.exec(line);
    if (hunk) {
      const [, old = '', current = '', rest = ''] = hunk;
      left = { old: linesIn(old), new: linesIn(current) };
      reversed.push(`@@ -${current} +${old} @@${rest}`);
    } else if (line.startsWith('--- ')) {
      from = line;
    } else if (line.startsWith('+++ ') && from !== null) {
      reversed.push(`--- ${flipped(line)}`, `+++ ${flipped(from)}`);
      from = null;
    } else {
      reversed.push(headerOf(line));
    }
  }
  flush();
  return reversed.join('');
}

/** `\ No newline at end of file` belongs to the line before it. */
function noteEnd(
  block: { readonly removed: string[]; readonly added: string[] },
  note: string,
  out: string[],
): void {
  // After a `-` line it is of that line, which is added now; the `+` lines of the block follow, if there are any.
  const last = block.removed.length > 0 ? block.removed : block.added.length > 0 ? block.added : out;
  last.push(note);
}

const linesIn = (range: string): number => Number(/,(\d+)$/.exec(range)?.[1] ?? 1);

const flipped = (line: string): string =>
  line.slice(4).replace(/^([ab])\//, (_, side: string) => (side === 'a' ? 'b/' : 'a/'));

function headerOf(line: string): string {
  if (line.startsWith('new file mode')) return line.replace('new file', 'deleted file');
  if (line.startsWith('deleted file mode')) return line.replace('deleted file', 'new file');
  return line.replace(/^index ([0-9a-f]+)\.\.([0-9a-f]+)/, 'index $2..$1');
}
