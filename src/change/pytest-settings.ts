import { parse as parseIni } from 'ini';
import { parse as parseToml } from 'smol-toml';
import { python } from '../python/language.js';

/** The files in which pytest looks for its settings. */
const INI_FILES = ['pytest.ini', 'tox.ini', 'setup.cfg'];
const TOML_FILES = ['pyproject.toml'];
/** pytest before 4.0 read `[pytest]` in `setup.cfg`, where later versions want `[tool:pytest]`. */
const INI_SECTIONS = ['pytest', 'tool:pytest'];

type Table = Readonly<Record<string, unknown>>;

/**
 * The glob patterns of the folders that a project tells pytest not to enter (`norecursedirs`), from all of its settings
 * files. A file that cannot be parsed counts as absent: a patch may have broken it, and that must not end a run.
 */
export async function foldersNotCollected(directory: string): Promise<string[]> {
  const sections = await Promise.all([
    ...INI_FILES.map(async (file) => iniSections((await python.readSource(directory, file)) ?? '')),
    ...TOML_FILES.map(async (file) => tomlTables((await python.readSource(directory, file)) ?? '')),
  ]);
  return sections.flat().flatMap(({ norecursedirs }) => patternsIn(norecursedirs));
}

/**
 * What a settings file says to pytest: the tables of that, and whether the file can be read at all.
 * @param name its base name
 */
export function pytestTables(
  name: string,
  text: string,
): { readonly tables: Table[]; readonly legible: boolean } {
  const isToml = name.endsWith('.toml');
  const legible = isToml ? isReadable(parseToml, text) : isReadable(parseIni, text);
  return { tables: isToml ? tomlTables(text) : iniSections(text), legible };
}

function isReadable(parse: (text: string) => unknown, text: string): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

function iniSections(text: string): Table[] {
  const sections = parsed(parseIni, withoutContinuations(text));
  return INI_SECTIONS.map((name) => tableAt(sections, name));
}

function tomlTables(text: string): Table[] {
  const pytest = tableAt(tableAt(parsed(parseToml, text), 'tool'), 'pytest');
  return [pytest, tableAt(pytest, 'ini_options')];
}

/**
 * INI text with each value on one line. Python's INI files continue a value on indented lines, with comment lines and
 * empty lines between them; the parser knows only values of one line.
 */
const withoutContinuations = (text: string): string =>
  text.replaceAll('\r\n', '\n').replace(/(?:\n[ \t]*(?:[#;].*)?)*\n[ \t]+(?=[^\s#;])/g, ' ');

function parsed(parse: (text: string) => unknown, text: string): Table {
  try {
    return parse(text) as Table;
  } catch {
    return {};
  }
}

function tableAt(table: Table, name: string): Table {
  const value = Object.hasOwn(table, name) ? table[name] : undefined;
  return typeof value === 'object' && value !== null ? (value as Table) : {};
}

/** The patterns of one setting: a list, or a text in which blanks or commas separate them. */
function patternsIn(value: unknown): string[] {
  const texts = Array.isArray(value) ? value : [value];
  return texts.flatMap((text) =>
    typeof text === 'string' ? text.split(/[\s,"']+/).filter((pattern) => pattern !== '') : [],
  );
}
