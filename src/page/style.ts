/** The page's style sheet: one column on a telephone, both colour schemes. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --back: #fff; --text: #1b1f24; --soft: #59636e; --line: #d1d9e0; --panel: #f6f8fa;
  --accent: #0757ba; --good: #1a7f37; --bad: #b3261e; --warn: #8a5200; --fill: #b9d4f5; --mark: #ffd8a8;
  --added: #dafbe1; --removed: #ffebe9;
}
@media (prefers-color-scheme: dark) {
  :root {
    --back: #0d1117; --text: #e6edf3; --soft: #9da7b3; --line: #3d444d; --panel: #161b22;
    --accent: #79b8ff; --good: #56d364; --bad: #ff9b94; --warn: #e3b341; --fill: #1f4e86; --mark: #6b4400;
    --added: #12361f; --removed: #4a1d1d;
  }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 84rem; padding: 1rem 1.25rem 4rem; background: var(--back); color: var(--text);
  font: 16px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.5rem; margin: .5rem 0 0; }
h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
h3 { font-size: 1rem; margin: 1.25rem 0 .25rem; overflow-wrap: anywhere; }
p { margin: .25rem 0 .75rem; max-width: 70ch; }
p, h1, h2 { overflow-wrap: anywhere; }
a { color: var(--accent); } li code { overflow-wrap: anywhere; }
small, .soft { color: var(--soft); font-size: .875rem; }
pre, code, textarea { font: .8125rem/1.45 ui-monospace, monospace; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .6rem .75rem; margin: .25rem 0 .75rem;
  overflow-x: auto; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 32rem; }
pre.patch { white-space: pre; overflow-wrap: normal; }
mark { background: var(--mark); color: inherit; border-radius: 2px; }
.ins { background: var(--added); display: block; } .del { background: var(--removed); display: block; } .hunk { color: var(--soft); display: block; }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button, select, input { font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line);
  border-radius: 6px; padding: .25rem .6rem; min-height: 2.25rem; max-width: 100%; }
button { cursor: pointer; }
.headline { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; margin: 1rem 0; }
.headline div { min-width: 10rem; } .headline b { display: block; font-size: 2rem; line-height: 1.15; }
.bars { list-style: none; margin: .5rem 0; padding: 0; }
.bars li { display: grid; grid-template-columns: 20rem 1fr 19rem; gap: .15rem 1rem; align-items: center; margin: .3rem 0; }
.bars .track { position: relative; height: 1.15rem; background: var(--panel); border: 1px solid var(--line); border-radius: 3px; }
.bars .fill { position: absolute; inset: 0 auto 0 0; background: var(--fill); border-radius: 2px; }
.bars .whisker { position: absolute; top: 50%; height: 2px; background: var(--text); }
.bars .whisker::before, .bars .whisker::after { content: ''; position: absolute; top: -4px; height: 10px; width: 2px; background: var(--text); }
.bars .whisker::after { right: 0; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); gap: 0 3rem; }
.charts figure { margin: 0; } .charts figcaption { font-weight: 600; }
.charts .bars li { grid-template-columns: 14rem 1fr 3rem; }
.filters { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin: .5rem 0; }
.filters label { display: grid; font-size: .8125rem; color: var(--soft); } .filters select { max-width: 15rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { white-space: nowrap; } tbody th { font-weight: 500; }
th button { border: 0; background: none; padding: 0; min-height: 0; font-weight: 600; }
td .open, th .open { border: 0; background: none; padding: 0; min-height: 0; color: var(--accent); text-decoration: underline; text-align: left; overflow-wrap: anywhere; }
.weak-only { color: var(--warn); }
.outcome-divergent { color: var(--bad); font-weight: 600; } .outcome-consistent { color: var(--good); }
.outcome-unverifiable, .outcome-not-reached, .outcome-infra-error, .outcome-not-applied, .outcome-invalid-row { color: var(--warn); }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 18rem), 1fr)); gap: 0 1rem; }
h4 { margin: .25rem 0; font-size: .875rem; } .columns > * { min-width: 0; }
.divergence { border-left: 4px solid var(--bad); padding-left: 1rem; margin: 1.25rem 0; }
.copyable { display: flex; gap: .5rem; align-items: start; } .copyable pre { flex: 1; min-width: 0; }
dl.glossary dt { font-weight: 600; } dl.glossary dd { margin: 0 0 .4rem; }
.figures td[data-figure] { font-variant-numeric: tabular-nums; min-width: 7rem; } .figures tbody th { white-space: nowrap; }
.figures td { min-width: 5rem; } .figures thead th { white-space: normal; vertical-align: bottom; font-size: .875rem; } #study + .scroll tbody th { white-space: normal; min-width: 11rem; } #study + .scroll td:last-child { min-width: 16rem; }
.review-panel { position: sticky; bottom: 0; background: var(--back); border-top: 1px solid var(--line); padding: .5rem 0; }
.review-panel .keys { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; }
.review-panel label { display: block; font-size: .8125rem; color: var(--soft); }
.review-panel textarea { width: 100%; height: 3.4rem; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 6px; padding: .3rem .6rem; }
button[aria-pressed='true'] { background: var(--fill); border-color: var(--accent); font-weight: 600; }
kbd { font: .75rem ui-monospace, monospace; border: 1px solid var(--line); border-radius: 3px; padding: 0 .3rem; margin-left: .3rem; }
[hidden] { display: none !important; }
@media (max-width: 46rem) {
  body { padding: .5rem .75rem 3rem; }
  .bars li, .charts .bars li { grid-template-columns: 1fr; }
  .headline b { font-size: 1.6rem; }
  .wide { display: none; }
  .review-panel kbd { display: none; }
  .filters label, .filters select, .filters input { width: 100%; max-width: none; }
}
@media print { .filters, button { display: none; } }
`;
