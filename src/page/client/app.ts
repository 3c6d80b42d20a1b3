import type { PageData } from '../page-data.js';
import { readState, writeState } from './address.js';
import { element } from './dom.js';
import {
  COLUMNS,
  fillFilter,
  FILTERS,
  idOf,
  matching,
  showControls,
  showRows,
  textField,
} from './pair-list.js';
import { openPair } from './pair-view.js';

async function readData(): Promise<PageData> {
  const text = element('data').textContent.trim();
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return (await new Response(stream).json()) as PageData;
}

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

void readData().then(start, (error: unknown) => {
  element('shown').textContent = `The details cannot be read in this browser: ${String(error)}`;
});
