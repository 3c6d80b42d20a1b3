import type { PagePair } from '../page-data.js';
import { writeState, type State } from './address.js';
import { element, make } from './dom.js';

export const FILTERS = ['model', 'repository', 'outcome', 'class', 'evidence', 'grade', 'label'] as const;
export const COLUMNS = [
  'instance',
  'model',
  'outcome',
  'class',
  'grade',
  'score',
  'label',
  'seconds',
] as const;
type Column = (typeof COLUMNS)[number];

const selectFor = (name: string) => element(`filter-${name}`) as HTMLSelectElement;
export const textField = () => element('filter-text') as HTMLInputElement;

/** A pair as the address names it. */
export const idOf = ({ model, instance }: PagePair): string => `${model}/${instance}`;

/** Offers the values that the pairs have for a filter. */
export function fillFilter(name: (typeof FILTERS)[number], pairs: readonly PagePair[]): void {
  const select = selectFor(name);
  const values = [...new Set(pairs.map((pair) => pair[name]))].filter((value) => value !== '').sort();
  const known = new Set([...select.options].map(({ value }) => value));
  const added = values.filter((value) => !known.has(value));
  select.append(...added.map((value) => make('option', { value }, value)));
  select.onchange = () => {
    writeState({ [name]: select.value }, false);
  };
}

/** Sets filters, text and column heads as the address says. */
export function showControls(state: State): void {
  for (const name of FILTERS) selectFor(name).value = state[name] ?? '';
  const text = textField();
  if (document.activeElement !== text) text.value = state['text'] ?? '';
  const { sort = '' } = state;
  for (const column of COLUMNS) {
    const order = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
    element(`sort-${column}`).closest('th')?.setAttribute('aria-sort', order);
  }
}

/** The pairs that the address asks for, in its order. */
export function matching(pairs: readonly PagePair[], state: State): PagePair[] {
  const words = (state['text'] ?? '').toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = pairs.filter(
    (pair) =>
      FILTERS.every((name) => (state[name] ?? pair[name]) === pair[name]) &&
      words.every((word) => `${pair.instance} ${pair.model} ${pair.meaning}`.toLowerCase().includes(word)),
  );
  const { sort = '' } = state;
  const column = sort.replace(/^-/, '') as Column;
  if (!COLUMNS.includes(column)) return chosen;
  const sign = sort.startsWith('-') ? -1 : 1;
  return chosen.sort((a, b) => sign * compare(a[column], b[column]));
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** Fills the table. `all`: how many pairs there are, shown or not. */
export function showRows(pairs: readonly PagePair[], all: number): void {
  element('shown').textContent = `${pairs.length} of ${all} pairs`;
  element('rows').replaceChildren(
    ...pairs.map((pair) => {
      const open = make('button', { class: 'open', type: 'button', id: `row-${idOf(pair)}` }, pair.instance);
      open.addEventListener('click', () => {
        writeState({ pair: idOf(pair) }, true);
      });
      return make(
        'tr',
        {},
        make('th', { scope: 'row' }, open),
        make('td', {}, pair.model),
        make(
          'td',
          { class: pair.evidence === 'weak only' ? 'weak-only' : `outcome-${pair.outcome}` },
          pair.evidence === 'weak only' ? `${pair.outcome}, ${pair.evidence}` : pair.outcome,
        ),
        make('td', { class: 'wide' }, pair.class),
        make('td', {}, pair.grade),
        make('td', {}, pair.score === '' ? '' : pair.score.toFixed(2)),
        make('td', {}, pair.label),
        make('td', { class: 'wide' }, pair.seconds.toFixed(1)),
      );
    }),
  );
}
