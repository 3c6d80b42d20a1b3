import { printable } from './terminal.js';

/** A workflow command of GitHub Actions: a line that shows a message at a place. */
export function workflowCommand(
  name: 'error' | 'warning',
  properties: Readonly<Record<string, string>>,
  message: string,
): string {
  const listed = Object.entries(properties).map(([key, value]) => `${key}=${property(value)}`);
  return `::${name} ${listed.join(',')}::${data(message)}`;
}

const data = (text: string): string =>
  printable(text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A'));
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
