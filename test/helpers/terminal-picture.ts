const FONT_SIZE = 14;
const LINE_HEIGHT = 20;
/** Width of a character for a font's size: monospace fonts are a little narrower or exactly as wide. */
const CHARACTER = 0.61 * FONT_SIZE;
const MARGIN = 20;
const TITLE_BAR = 32;
const COLORS = {
  background: '#161b22',
  bar: '#21262d',
  text: '#c9d1d9',
  prompt: '#8b949e',
  divergent: '#ff7b72',
  gold: '#7ee787',
};

/**
 * An SVG of a terminal window in which a command, of one line or several, printed `output`. Its text is that of the
 * terminal, character for character; only colors are added.
 */
export function terminalPicture(command: readonly string[], output: string): string {
  const prompt = command.map((line, index) => (index === 0 ? `$ ${line}` : `    ${line}`).trimEnd());
  const lines = [...prompt, ...output.trimEnd().split('\n')];
  const width = Math.ceil(Math.max(...lines.map(({ length }) => length)) * CHARACTER) + 2 * MARGIN;
  const height = TITLE_BAR + lines.length * LINE_HEIGHT + 2 * MARGIN;
  const dots = ['#ff5f56', '#ffbd2e', '#27c93f'].map(
    (color, index) => `<circle cx="${20 + index * 20}" cy="16" r="6" fill="${color}"/>`,
  );
  const texts = lines.map((line, index) => {
    const y = TITLE_BAR + MARGIN + (index + 0.7) * LINE_HEIGHT;
    return `<text x="${MARGIN}" y="${y}" fill="${index < prompt.length ? COLORS.prompt : colorOf(line)}" xml:space="preserve">${escape(line)}</text>`;
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title">
<title id="title">What patchdiff check prints of one divergence</title>
<rect width="${width}" height="${height}" rx="8" fill="${COLORS.background}"/>
<path d="M0 ${TITLE_BAR}V8a8 8 0 0 1 8-8h${width - 16}a8 8 0 0 1 8 8v${TITLE_BAR - 8}z" fill="${COLORS.bar}"/>
${dots.join('\n')}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="${FONT_SIZE}">
${texts.join('\n')}
</g>
</svg>
`;
}

function colorOf(line: string): string {
  if (line.startsWith('divergent:') || /^ +candidate:/.test(line)) return COLORS.divergent;
  return /^ +gold:/.test(line) ? COLORS.gold : COLORS.text;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
