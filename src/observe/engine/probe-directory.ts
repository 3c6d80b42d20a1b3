import { fileURLToPath } from 'node:url';

/** The directory on this machine that holds the package `patchdiff_probe`. */
export const PROBE_DIRECTORY = fileURLToPath(new URL('../../../containers/probe', import.meta.url));
