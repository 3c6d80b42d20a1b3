import { latex, latexComment } from '../platform/escape/latex.js';
import type { RunReport } from '../model/report.js';
import type { FigureTable } from './figure-table.js';
import { figureTables } from './figure-tables.js';

/** A run's figures as LaTeX tables to `\input` in a paper; they need the packages array and booktabs. */
export function renderLatex({ run, tool, metrics }: RunReport): string {
  const head = [
    `% ${latexComment(run.id)}: ${latexComment(run.dataset.hub?.id ?? run.dataset.path)}, patchdiff ${tool.version}, seed ${run.seed}`,
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
