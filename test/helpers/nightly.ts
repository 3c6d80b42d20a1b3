/** Whether the tests that take minutes run as well: the nightly workflow sets `PATCHDIFF_TEST_NIGHTLY=1`. */
export const NIGHTLY = process.env['PATCHDIFF_TEST_NIGHTLY'] === '1';
