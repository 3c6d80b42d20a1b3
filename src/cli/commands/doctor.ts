import { connectDocker } from '../../observe/engine/docker/docker-connection.js';
import { Recipes } from '../../environments/recipes.js';
import { checkDocker } from '../../doctor/docker.js';
import type { Finding } from '../../doctor/finding.js';
import {
  checkArchitecture,
  checkCache,
  checkDisk,
  checkGit,
  checkNode,
  checkPython,
  checkRecipePythons,
  checkProtections,
  checkSandbox,
} from '../../doctor/machine.js';
import { oldestNode } from '../../platform/version.js';
import { cacheRoot } from '../../app/cache/cache.js';
import type { Command } from '../terminal/command.js';
import { EXIT } from '../terminal/exit-codes.js';

const SIGNS = { ok: 'ok     ', limits: 'limits ', missing: 'MISSING' } as const;

export const doctorCommand: Command<object> = {
  builder: (argv) => argv,
  handler: async (_argv, { stdout }) => {
    const docker = await checkDocker(connectDocker());
    const [python, sandbox] = [await checkPython(), await checkSandbox()];
    const findings: Finding[] = [
      checkNode(process.versions.node, oldestNode()),
      await checkGit(),
      python,
      await checkRecipePythons(await Recipes.load()),
      sandbox,
      ...docker,
      checkArchitecture(),
      await checkDisk(),
      await checkCache(cacheRoot()),
      ...(await checkProtections()),
      engines({ docker: docker[0]?.state === 'ok', local: python.state === 'ok' && sandbox.state === 'ok' }),
    ];
    for (const { name, state, detail, fix } of findings) {
      stdout.write(`${SIGNS[state]} ${name}: ${detail}\n`);
      if (fix !== undefined) stdout.write(`        ${fix}\n`);
    }
    return findings.some(({ state }) => state === 'missing') ? EXIT.notJudged : EXIT.ok;
  },
};

/** Which engines can run patches that are not trusted. */
function engines(works: Readonly<Record<'docker' | 'local', boolean>>): Finding {
  const names = (['docker', 'local'] as const).filter((name) => works[name]);
  if (names.length > 0) return { name: 'Engines', state: 'ok', detail: names.join(', ') };
  return {
    name: 'Engines',
    state: 'missing',
    detail: 'none can run patches safely',
    fix: 'Start Docker, or install Python and bubblewrap.',
  };
}
