import type { PageData, PageDivergence, PagePair, TextPart } from '../page-data.js';

/** What is shown, and kept in the address: filters, order, and the pair that is open. */
type State = Record<string, string>;

const FILTERS = ['model', 'repository', 'outcome', 'class', 'grade', 'label'] as const;
const COLUMNS = ['instance', 'model', 'outcome', 'class', 'grade', 'label', 'seconds'] as const;
type Column = (typeof COLUMNS)[number];

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}
const selectFor = (name: string) => element(`filter-${name}`) as HTMLSelectElement;
const textField = () => element('filter-text') as HTMLInputElement;

/** Makes an element; texts are never read as HTML. */
function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

async function readData(): Promise<PageData> {
  const text = element('data').textContent.trim();
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as PageData;
}

const readState = (): State => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

/** `step`: one that the reader goes back from. */
function writeState(change: State, step: boolean): void {
  const entries = Object.entries({ ...readState(), ...change }).filter(([, value]) => value !== '');
  const address = `#${new URLSearchParams(entries).toString()}`;
  if (step) location.hash = address;
  else {
    history.replaceState(null, '', address);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }
}

const idOf = ({ model, instance }: PagePair): string => `${model}/${instance}`;

function start(read: PageData): void {
  const data = { ...read, pairs: read.pairs };
  for (const name of FILTERS) fillFilter(name, data.pairs);
  textField().addEventListener('input', (event) => {
    writeState({ text: (event.target as HTMLInputElement).value }, false);
  });
  for (const column of COLUMNS) {
    element(`sort-${column}`).addEventListener('click', () => {
      const { sort = '' } = readState();
      writeState({ sort: sort === column ? `-${column}` : column }, false);
    });
  }
  element('clear').addEventListener('click', () => {
    writeState(Object.fromEntries([...FILTERS, 'text', 'sort'].map((name) => [name, ''])), false);
  });
  element('back').addEventListener('click', (event) => {
    event.preventDefault();
    writeState({ pair: '' }, true);
  });
  document.addEventListener('keydown', (event) => {
    const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
    if (event.key === 'Escape' && !isTyping && readState()['pair'] !== undefined)
      writeState({ pair: '' }, true);
    if (event.key === '/' && !isTyping) {
      event.preventDefault();
      element('filter-text').focus();
    }
  });
  let opened = '';
  const show = () => {
    const state = readState();
    showControls(state);
    const pair = data.pairs.find((one) => idOf(one) === state['pair']);
    element('list').hidden = pair !== undefined;
    element('pair').hidden = pair === undefined;
    if (pair) {
      if (opened !== idOf(pair)) openPair(pair, data);
      opened = idOf(pair);
      return;
    }
    showRows(matching(data.pairs, state), data.pairs.length);
    if (opened !== '') document.getElementById(`row-${opened}`)?.focus();
    opened = '';
  };
  window.addEventListener('hashchange', show);
  document.addEventListener('labelled', (event) => {
    const { id, label } = (event as CustomEvent<{ id: string; label: string }>).detail;
    data.pairs = data.pairs.map((pair) => (idOf(pair) === id ? { ...pair, label } : pair));
    fillFilter('label', data.pairs);
    show();
  });
  show();
}

function fillFilter(name: (typeof FILTERS)[number], pairs: readonly PagePair[]): void {
  const select = selectFor(name);
  const values = [...new Set(pairs.map((pair) => pair[name]))].filter((value) => value !== '').sort();
  const known = new Set([...select.options].map(({ value }) => value));
  const added = values.filter((value) => !known.has(value));
  select.append(...added.map((value) => make('option', { value }, value)));
  select.onchange = () => {
    writeState({ [name]: select.value }, false);
  };
}

function showControls(state: State): void {
  for (const name of FILTERS) selectFor(name).value = state[name] ?? '';
  const text = textField();
  if (document.activeElement !== text) text.value = state['text'] ?? '';
  const { sort = '' } = state;
  for (const column of COLUMNS) {
    const order = sort === column ? 'ascending' : sort === `-${column}` ? 'descending' : 'none';
    element(`sort-${column}`).closest('th')?.setAttribute('aria-sort', order);
  }
}

function matching(pairs: readonly PagePair[], state: State): PagePair[] {
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

function showRows(pairs: readonly PagePair[], all: number): void {
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
        make('td', { class: `outcome-${pair.outcome}` }, pair.outcome),
        make('td', { class: 'wide' }, pair.class),
        make('td', {}, pair.grade),
        make('td', {}, pair.label),
        make('td', { class: 'wide' }, pair.seconds.toFixed(1)),
      );
    }),
  );
}

function openPair(pair: PagePair, data: PageData): void {
  const instance = data.instances[pair.instance] ?? { issue: '', gold: '' };
  const heading = make('h2', { tabindex: '-1' }, `${pair.instance}, ${pair.model}`);
  element('pair-content').replaceChildren(
    heading,
    make('p', {}, make('b', { class: `outcome-${pair.outcome}` }, pair.outcome), `: ${pair.meaning}.`),
    ...facts(pair),
    ...labels(pair),
    ...failures(pair),
    ...pair.divergences.flatMap(divergence),
    ...(instance.issue === '' ? [] : [make('h3', {}, 'Issue'), scrollable('pre', 'Issue', instance.issue)]),
    make('h3', {}, 'Patches'),
    make(
      'div',
      { class: 'columns' },
      make('div', {}, make('h4', {}, 'gold'), patch('gold patch', instance.gold)),
      make('div', {}, make('h4', {}, 'candidate'), patch('candidate patch', pair.patch)),
    ),
  );
  heading.focus();
  window.scrollTo(0, 0);
}

function facts({ inputs, hygiene, notes, developerTests, same }: PagePair): HTMLElement[] {
  const lines = [
    ...(inputs.tried > 0
      ? [`${inputs.tried} inputs compared, ${inputs.different} differed, ${inputs.flaky} dropped as flaky.`]
      : []),
    ...(same === null ? [] : [`The patch does to the tree what that of ${same} does, and is judged once.`]),
    ...[...notes, ...(developerTests === '' ? [] : [developerTests])].map(
      (note) => `${note.charAt(0).toUpperCase()}${note.slice(1)}.`,
    ),
    ...hygiene.map((one) => `The patch also changes ${one}.`),
  ];
  return lines.map((line) => make('p', { class: 'soft' }, line));
}

function labels({ labels: all }: PagePair): HTMLElement[] {
  return all.map(({ reviewer, label, note }) =>
    make('p', {}, `${reviewer}: `, make('b', {}, label), ...(note === '' ? [] : [`. ${note}`])),
  );
}

function failures({ failures: all }: PagePair): HTMLElement[] {
  if (all.length === 0) return [];
  const items = all
    .slice(0, 20)
    .map(({ id, benchmark, gold, candidate, message }) =>
      make(
        'li',
        {},
        make('code', {}, id),
        ` (${benchmark ? "the benchmark's own" : 'developer test'}): ${gold} on gold, ${candidate} on the candidate`,
        ...(message === undefined ? [] : [make('pre', {}, message)]),
      ),
    );
  const more = all.length > items.length ? [make('li', {}, `and ${all.length - items.length} more`)] : [];
  return [
    make('h3', {}, 'Tests that gold passes and the candidate fails'),
    make('ul', {}, ...items, ...more),
  ];
}

function divergence(one: PageDivergence): HTMLElement[] {
  const columns = one.answers.map(({ name, parts }) =>
    make('div', {}, make('h4', {}, name), make('pre', {}, ...parts.map(textPart))),
  );
  return [
    make(
      'section',
      { class: 'divergence', 'aria-label': one.title },
      make('h3', {}, one.title),
      make('p', {}, `The candidate ${one.grade}. ${one.class}.`),
      make('h4', {}, 'Input'),
      make('pre', {}, one.program),
      make('div', { class: 'columns' }, ...columns),
      ...(one.test === null
        ? []
        : [copyable('Differentiating test: passes on gold, fails on the candidate', one.title, one.test)]),
      ...(one.replay === null ? [] : [copyable('Run it again', one.title, one.replay)]),
    ),
  ];
}

const textPart = ({ text, marked }: TextPart): Node | string => (marked ? make('mark', {}, text) : text);

/** @param of what it belongs to, so that no two regions of the page have the same name */
function copyable(title: string, of: string, text: string): HTMLElement {
  const button = make('button', { type: 'button' }, 'Copy');
  button.setAttribute('aria-label', `Copy: ${title}, ${of}`);
  button.addEventListener('click', () => {
    void copy(text).then((done) => {
      button.textContent = done ? 'Copied' : 'Select and copy';
    });
  });
  return make(
    'div',
    {},
    make('h4', {}, title),
    make('div', { class: 'copyable' }, scrollable('pre', `${title}, ${of}`, text), button),
  );
}

/** A page opened from disk may not use the clipboard in every browser. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = make('textarea', { readonly: '' });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand('copy'); // eslint-disable-line @typescript-eslint/no-deprecated -- the only other way
    area.remove();
    return done;
  }
}

/** Text that may be longer than its place, and can be scrolled by keyboard. */
const scrollable = (tag: 'pre', label: string, ...children: readonly (Node | string)[]): HTMLElement =>
  make(tag, { tabindex: '0', role: 'region', 'aria-label': label }, ...children);

function patch(label: string, text: string): HTMLElement {
  const kinds: Readonly<Record<string, string>> = { '+': 'ins', '-': 'del', '@': 'hunk' };
  const lines = text.split('\n').map((line) => {
    const kind = kinds[line.charAt(0)];
    return kind === undefined ? `${line}\n` : make('span', { class: kind }, line === '' ? ' ' : line);
  });
  const shown = scrollable('pre', label, ...lines);
  shown.classList.add('patch');
  return shown;
}

void readData().then(start, (error: unknown) => {
  element('shown').textContent = `The details cannot be read in this browser: ${String(error)}`;
});
