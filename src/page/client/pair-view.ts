import type { PageData, PageDivergence, PagePair, TextPart } from '../page-data.js';
import { copyable } from './copyable.js';
import { element, make, scrollable } from './dom.js';

/** Shows everything that is known of a pair, in place of the one before. */
export function openPair(pair: PagePair, data: PageData): void {
  const instance = data.instances[pair.instance] ?? { issue: '', gold: '' };
  const heading = make('h2', { tabindex: '-1' }, `${pair.instance}, ${pair.model}`);
  element('pair-content').replaceChildren(
    heading,
    make(
      'p',
      {},
      make(
        'b',
        { class: pair.evidence === 'weak only' ? 'weak-only' : `outcome-${pair.outcome}` },
        verdictOf(pair),
      ),
      `: ${pair.meaning}.`,
    ),
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

const verdictOf = ({ outcome, evidence }: PagePair): string =>
  evidence === 'weak only' ? `${outcome}, ${evidence}` : outcome;

function facts({ inputs, hygiene, notes, developerTests, same, score }: PagePair): HTMLElement[] {
  const lines = [
    ...(score === ''
      ? []
      : [`Score ${score.toFixed(2)}: how likely the candidate is incorrect, from 0 to 1.`]),
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
      make('p', {}, one.explanation),
      make('p', { class: 'soft' }, `The candidate ${one.grade}. ${one.class}.`),
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
