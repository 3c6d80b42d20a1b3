import { defineConfig } from 'vitest/config';

/** Unit tests are pure; integration tests use git, Python and the local engine; e2e drives the built CLI; docker needs an engine. */
const project = (name: string, timeoutSeconds: number) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    testTimeout: timeoutSeconds * 1000,
    hookTimeout: timeoutSeconds * 1000,
  },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', 20),
      project('integration', 120),
      project('e2e', 300),
      project('docker', 600),
    ],
  },
});
