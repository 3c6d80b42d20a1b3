/** What is shown, and kept in the address: filters, order, and the pair that is open. */
export type State = Record<string, string>;

/** What the address says. */
export const readState = (): State => Object.fromEntries(new URLSearchParams(location.hash.slice(1)));

/** Changes what the address says. `step`: one that the reader goes back from. */
export function writeState(change: State, step: boolean): void {
  const entries = Object.entries({ ...readState(), ...change }).filter(([, value]) => value !== '');
  const address = `#${new URLSearchParams(entries).toString()}`;
  if (step) location.hash = address;
  else {
    history.replaceState(null, '', address);
    window.dispatchEvent(new HashChangeEvent('hashchange'));
  }
}
