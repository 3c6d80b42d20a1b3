import { defineConfig } from 'vitest/config';

/** Unit tests are pure, and share their workers, since loading the modules takes most of their time; integration tests use git, Python and the local engine; e2e drives the built CLI; hostile tries what patches that cheat or harm try; docker needs an engine, page a Chromium. */
const project = (name: string, timeoutSeconds: number, options: object = {}) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    setupFiles: 'test/helpers/clean-up.ts',
    testTimeout: timeoutSeconds * 1000,
    hookTimeout: timeoutSeconds * 1000,
    ...options,
  },
});

/** Test files at a time: each uses a core now and then, and waits for processes and time limits the rest of the time. */
const maxWorkers = 3;

/** Drives the built CLI, which is built first. */
const drivesCli = (groupOrder: number) => ({
  globalSetup: 'test/helpers/build.ts',
  maxWorkers,
  sequence: { groupOrder },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', 20, { maxWorkers, isolate: false }),
      project('integration', 120, { maxWorkers, globalSetup: 'test/helpers/scientific.ts' }),
      project('e2e', 600, drivesCli(1)),
      project('hostile', 300, { maxWorkers: 1 }),
      project('docker', 600, drivesCli(2)),
      project('page', 120, drivesCli(3)),
    ],
  },
});
