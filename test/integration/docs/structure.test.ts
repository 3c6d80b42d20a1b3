import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ROOT } from '../../helpers/cli.js';
import { drawRooms, importsOfRooms } from '../../helpers/structure-picture.js';

const BEGIN = '<!-- drawn by npm run draw:structure -->';
const END = '<!-- end of the drawing -->';

// `npm run draw:structure` draws it again.
it('is what CONTRIBUTING shows of the folders of src', async () => {
  const text = await readFile(`${ROOT}/CONTRIBUTING.md`, 'utf8');
  const [before, after] = [text.split(BEGIN)[0], text.split(END)[1]];
  const drawing = ['```mermaid', drawRooms(await importsOfRooms()), '```'].join('\n');
  const current = `${before}${BEGIN}\n\n${drawing}\n\n${END}${after}`;
  await expect(current).toMatchFileSnapshot('../../../CONTRIBUTING.md');
});

it('leaves out the arrows that follow from others', () => {
  const imports = new Map([
    ['cli', new Set(['app', 'model'])],
    ['app', new Set(['model'])],
    ['model', new Set<string>()],
  ]);
  expect(drawRooms(imports)).toBe('flowchart TD\n  app --> model\n  cli --> app');
});
