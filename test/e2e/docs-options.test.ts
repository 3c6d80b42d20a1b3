import { expect, it } from 'vitest';
import { cli } from '../helpers/cli.js';
import { codeSpans, documentationPages } from '../helpers/markdown.js';

const pages = await documentationPages();
const reference = pages.find(({ file }) => file === 'docs/commands.md')?.text ?? '';

const COMMANDS = [
  'run',
  'check',
  'report',
  'review',
  'export',
  'merge',
  'replay',
  'worker',
  'images',
  'cache',
  'doctor',
] as const;
type CommandName = (typeof COMMANDS)[number];

/** Sections of the reference whose options several commands share. */
const SHARED: Readonly<Partial<Record<CommandName, readonly string[]>>> = {
  run: ['Where patches run', 'Search and tests'],
  check: ['Where patches run', 'Search and tests'],
  worker: ['Where patches run'],
};

/** Options that every command has. */
const EVERYWHERE = ['--help', '--version'];

const helps = new Map(
  await Promise.all(
    COMMANDS.map(async (command) => [command, (await cli([command, '--help'])).stdout] as const),
  ),
);

/** Each option once: an example below the options may name it again at the beginning of a line. */
const optionsOf = (command: CommandName): string[] => {
  const named = (helps.get(command) ?? '').matchAll(/^ +(?:-\w, +)?(--[a-z][a-z-]*)/gm);
  const options = new Set([...named].map(([, option = '']) => option));
  return [...options].filter((option) => !EVERYWHERE.includes(option)).sort();
};

/** The options in the first column of a section's tables. */
function documented(heading: string): string[] {
  const section = reference.split(/^## /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^\| (`-[^|]*?) *\|/gm)].flatMap(([, cell = '']) =>
    codeSpans(cell).filter((code) => code.startsWith('--')),
  );
}

/** Defaults as the help shows them; those in words are not compared. */
const defaultsOf = (command: CommandName): [option: string, value: string][] =>
  [
    ...(helps.get(command) ?? '')
      .replaceAll(/\n {8,}/g, ' ')
      .matchAll(/(--[a-z][a-z-]*) [^\n]*\[default: "?([^"\] ]+)"?\]/g),
  ]
    .map(([, option = '', value = '']): [string, string] => [option, value])
    .filter(([, value]) => value !== 'true' && value !== 'false');

it.each(COMMANDS)('documents the options of patchdiff %s, and no others', (command) => {
  const sections = [`patchdiff ${command}`, ...(SHARED[command] ?? [])];
  expect(sections.flatMap(documented).sort()).toEqual(optionsOf(command));
});

it('documents the defaults of the options', () => {
  const defaults = COMMANDS.flatMap(defaultsOf);
  expect(defaults).toContainEqual(['--budget', '90']);
  const rows = reference.split('\n').filter((row) => row.startsWith('| `-'));
  const isDocumented = ([option, value]: readonly [string, string]) =>
    rows.some((row) => row.includes(`\`${option}\``) && row.includes(value));
  expect(defaults.filter((one) => !isDocumented(one))).toEqual([]);
});

it('finds every option that a page names', () => {
  const known = new Set([...COMMANDS.flatMap(optionsOf), ...EVERYWHERE]);
  const ours = pages.filter(({ file }) => file === 'README.md' || file.startsWith('docs/'));
  const unknown = ours.flatMap(({ file, text }) =>
    [...text.matchAll(/(?<![\w-])--[a-z][a-z-]*/g)]
      .map(([option]) => option.replace(/^--no-/, '--'))
      .filter((option) => !known.has(option) && !FOREIGN.includes(option))
      .map((option) => `${file}: ${option}`),
  );
  expect(unknown).toEqual([]);
});

/** Options of other programs' commands that the pages show. */
const FOREIGN = ['--build-arg'];
