/** The element of the page with an id, which must be there. */
export function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no ${id}`);
  return found;
}

/** Makes an element; texts are never read as HTML. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Text that may be longer than its place, and can be scrolled by keyboard. */
export const scrollable = (tag: 'pre', label: string, ...children: readonly (Node | string)[]): HTMLElement =>
  make(tag, { tabindex: '0', role: 'region', 'aria-label': label }, ...children);
