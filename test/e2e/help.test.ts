import { describe, expect, it } from 'vitest';
import { cli } from '../helpers/cli.js';

it.each([[], ['--help']])('shows the commands to whoever names none: patchdiff %s', async (...args) => {
  const { exitCode, stdout, stderr } = await cli(args.flat());
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  const commands = [...stdout.matchAll(/^ {2}patchdiff (\w+)/gm)].map(([, name]) => name);
  expect(commands.sort()).toEqual(
    'cache check doctor export images merge replay report review run worker'.split(' '),
  );
});

const GROUPS = [
  'What to compare:',
  'How to search:',
  'Where patches run:',
  'What becomes of the results:',
  'Options:',
  'Examples:',
];

describe.each(['run', 'check'])('the help of %s', (command) => {
  it('has every option under a heading, and an example', async () => {
    const { exitCode, stdout } = await cli([command, '--help']);
    expect(exitCode).toBe(0);
    const headings = [...stdout.matchAll(/^\S.*:$/gm)].map(([line]) => line);
    expect(headings.filter((line) => line !== 'Positionals:')).toEqual(GROUPS);
    const ungrouped = stdout.slice(stdout.indexOf('\nOptions:'), stdout.indexOf('\nExamples:'));
    expect([...ungrouped.matchAll(/--[\w-]+/g)].map(([name]) => name)).toEqual(['--help', '--version']);
    expect(stdout.slice(stdout.indexOf('\nExamples:'))).toContain(`patchdiff ${command} `);
  });
});
