import type { ReviewState } from '../review-panel.js';

type Given = ReviewState['labels'][string];

const byId = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
};

const { queue, labels: known } = JSON.parse(byId('review-state').textContent) as ReviewState;
const labels = new Map<string, Given>(Object.entries(known));
const note = byId('note') as HTMLTextAreaElement;
const buttons = [...document.querySelectorAll<HTMLButtonElement>('[data-label]')];

const openPair = (): string => new URLSearchParams(location.hash.slice(1)).get('pair') ?? '';

function show(): void {
  const id = openPair();
  const done = queue.filter((one) => labels.has(one)).length;
  byId('progress').textContent = `${done} of ${queue.length} labelled.`;
  const given = labels.get(id);
  for (const button of buttons)
    button.setAttribute('aria-pressed', String(button.dataset['label'] === given?.label));
}

/** A new pair, with its own note. */
function turn(): void {
  note.value = labels.get(openPair())?.note ?? '';
  byId('saved').textContent = '';
  show();
}

/** Opens the next pair of the queue without a label, after the open one first. */
function next(): void {
  const at = queue.indexOf(openPair());
  const turned = [...queue.slice(at + 1), ...queue.slice(0, at + 1)];
  const found = turned.find((id) => !labels.has(id));
  if (found === undefined) {
    byId('saved').textContent = byId('progress').textContent = 'Every pair here has a label.';
    return;
  }
  const state = new URLSearchParams(location.hash.slice(1));
  state.set('pair', found);
  location.hash = `#${state.toString()}`;
}

/** Saves what is given for a pair, or takes it back; true when it is on disk. */
async function save(id: string, given: Given | null): Promise<boolean> {
  byId('saved').textContent = 'Saving';
  try {
    const answer = await fetch('label', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ pair: id, label: given?.label ?? null, note: given?.note ?? '' }),
    });
    if (!answer.ok) throw new Error(await answer.text());
  } catch (error) {
    byId('saved').textContent = `Not saved: ${error instanceof Error ? error.message : String(error)}`;
    return false;
  }
  if (given) labels.set(id, given);
  else labels.delete(id);
  byId('saved').textContent = given ? 'Saved' : 'Taken back';
  const words =
    buttons.find((button) => button.dataset['label'] === given?.label)?.firstChild?.textContent ?? '';
  document.dispatchEvent(new CustomEvent('labelled', { detail: { id, label: words } }));
  show();
  return true;
}

/** Gives a label and goes on; the same label again takes it back. */
async function press(button: HTMLButtonElement): Promise<void> {
  const id = openPair();
  const label = button.dataset['label'] as Given['label'];
  if (labels.get(id)?.label === label) await save(id, null);
  else if ((await save(id, { label, note: note.value.trim() })) && openPair() === id) next();
}

for (const button of buttons) button.addEventListener('click', () => void press(button));
byId('next').addEventListener('click', next);
byId('begin').addEventListener('click', next);
note.addEventListener('change', () => {
  const id = openPair();
  const given = labels.get(id);
  if (given) void save(id, { ...given, note: note.value.trim() });
});
document.addEventListener('keydown', (event) => {
  const { target, key } = event;
  if (target === note && key === 'Escape') note.blur();
  const isTyping =
    target instanceof HTMLInputElement ||
    target instanceof HTMLTextAreaElement ||
    target instanceof HTMLSelectElement;
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  if (key === 'n') next();
  if (openPair() === '') return;
  if (key === 'e') {
    event.preventDefault();
    note.focus();
  }
  const button = buttons.find((one) => one.dataset['key'] === key);
  if (button) void press(button);
});
window.addEventListener('hashchange', turn);
turn();
