import type { RunReport } from '../model/report.js';
import type { FigureTable } from './figure-table.js';
import { figureTables } from './figure-tables.js';

/** A run's figures as LaTeX tables to `\input` in a paper; they need the packages array and booktabs. */
export function renderLatex({ run, tool, metrics }: RunReport): string {
  const head = [
    `% ${oneLine(run.id)}: ${oneLine(run.dataset.hub?.id ?? run.dataset.path)}, patchdiff ${tool.version}, seed ${run.seed}`,
    '% needs \\usepackage{array,booktabs}',
  ];
  return [...head, ...figureTables(metrics).map(latexTable)].join('\n') + '\n';
}

function latexTable({ id, title, head, rows, notes }: FigureTable): string {
  const column = `>{\\raggedright\\arraybackslash}p{\\dimexpr\\linewidth/${head.length}-4pt\\relax}`;
  const line = (cells: readonly string[]) => `  ${cells.map(latex).join(' & ')} \\\\`;
  return [
    '\\begin{table*}',
    '  \\centering\\footnotesize\\setlength{\\tabcolsep}{2pt}',
    `  \\caption{${latex(title)}. ${notes.map(latex).join(' ')}}`,
    `  \\label{tab:patchdiff-${id}}`,
    `  \\begin{tabular}{@{}*{${head.length}}{${column}}@{}}`,
    '  \\toprule',
    line(head),
    '  \\midrule',
    ...rows.map((row) => line(row.map(({ text }) => text))),
    '  \\bottomrule',
    '  \\end{tabular}',
    '\\end{table*}',
  ].join('\n');
}

const SPECIAL: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '<': '\\textless{}',
  '>': '\\textgreater{}',
  '"': "''",
  // After the end of a row these would be its arguments.
  '[': '{[}',
  '*': '{*}',
};

/** Text that LaTeX sets as it is: one line, nothing in it a command. */
export const latex = (text: string): string =>
  oneLine(text).replaceAll(/[\\~^<>"#$%&_{}[*]/g, (one) => SPECIAL[one] ?? `\\${one}`);

// Control characters end a comment, or the document.
const oneLine = (text: string): string => text.replaceAll(/[\s\u0000-\u001f\u007f]+/g, ' ');
