/** Innermost braces first, until none is left that holds no other. */
const INNERMOST = /\{([^{}]*)\}/;
/** What may stand before a set or a dictionary, unlike before a group of LaTeX or the body of a function. */
const BEFORE_DISPLAY = /(?:^|[\s([,:=])$/;
const MOST_GROUPS = 500;

/**
 * A text in which the members of every set and dictionary that Python would have printed stand in one order. Those of an
 * OrderedDict, and the initialisers of C, keep theirs.
 */
export function withSortedBraces(text: string): string {
  if (!text.includes('{')) return text;
  // Groups that are done stand as numbers between characters that no text has.
  const done: string[] = [];
  let rest = text;
  for (let found = INNERMOST.exec(rest); found && done.length < MOST_GROUPS; found = INNERMOST.exec(rest)) {
    const [group, content = ''] = found;
    const [before, after] = [rest.slice(0, found.index), rest.slice(found.index + group.length)];
    const ordered = !BEFORE_DISPLAY.test(before) || before.endsWith('OrderedDict(') || /^\s*;/.test(after);
    const whole = inserted(content, done);
    done.push(ordered ? whole : members(whole).sort().join(', '));
    rest = `${before}\uE000${done.length - 1}\uE001${after}`;
  }
  return inserted(rest, done);
}

/** The text with its groups in their places again. */
const inserted = (text: string, done: readonly string[]): string =>
  text.replace(/\uE000(\d+)\uE001/g, (_, index: string) => `{${done[Number(index)] ?? ''}}`);

/** What stands between the commas of a display, outside of brackets and quotes. */
function members(content: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let quote = '';
  let start = 0;
  for (let at = 0; at < content.length; at++) {
    const character = content[at] ?? '';
    if (quote !== '') {
      if (character === '\\') at++;
      else if (character === quote) quote = '';
    } else if (character === "'" || character === '"') quote = character;
    else if ('([{<'.includes(character)) depth++;
    else if (')]}>'.includes(character)) depth--;
    else if (character === ',' && depth <= 0) {
      parts.push(content.slice(start, at).trim());
      start = at + 1;
    }
  }
  return [...parts, content.slice(start).trim()].filter((part) => part !== '');
}
