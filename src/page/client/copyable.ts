import { make, scrollable } from './dom.js';

/** A text with a button that copies it. `of`: what it belongs to, so that no two regions of the page have the same name. */
export function copyable(title: string, of: string, text: string): HTMLElement {
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
    const done = document.execCommand('copy'); // oxlint-disable-line typescript/no-deprecated -- the only other way
    area.remove();
    return done;
  }
}
