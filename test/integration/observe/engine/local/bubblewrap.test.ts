import { spawn } from 'node:child_process';
import { expect, it } from 'vitest';
import { sandboxCommand } from '../../../../../src/observe/engine/local/bubblewrap.js';

it('makes its command line while other processes of the machine come and go', async () => {
  const coming = spawn('bash', ['-c', 'for i in {1..3000}; do /bin/true; done'], { stdio: 'ignore' });
  const ended = new Promise((resolve) => coming.once('close', resolve));
  const view = { tree: '/tree', probe: '/probe', scratch: '/scratch', readable: [] };
  const plan = { staged: true, disablesNamespaces: true, limitsSizes: true };
  const request = { view, plan, keepsWrites: false, owner: undefined, filter: undefined, groups: [] };
  let made = 0;
  while (coming.exitCode === null) {
    const command = await sandboxCommand(request, ['true']);
    expect(command).toContain('bwrap');
    made += 1;
  }
  await ended;
  expect(made).toBeGreaterThan(0);
});
