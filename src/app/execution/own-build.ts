import { probeVersion } from '../../observe/probe/version.js';
import { programVersion, toolVersion } from '../../platform/version.js';
import type { Build } from '../../queue/job.js';

/** The build that this process runs. */
export async function ownBuild(): Promise<Build> {
  return { version: toolVersion(), program: await programVersion(), probe: await probeVersion() };
}
