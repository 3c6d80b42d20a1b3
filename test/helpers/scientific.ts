import { virtualEnvironment } from './virtual-environment.js';

/** Names a Python that has numpy, pandas and xarray, unless the environment names one. */
export async function setup(): Promise<void> {
  process.env['PATCHDIFF_TEST_SCIENTIFIC'] ??= await virtualEnvironment('numpy', 'pandas', 'xarray');
}
