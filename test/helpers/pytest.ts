/** The Python with pytest that `PATCHDIFF_TEST_PYTEST` names. Throws, so that the test fails, where it names none. */
export function pythonWithPytest(): string {
  const python = process.env['PATCHDIFF_TEST_PYTEST'];
  if (python === undefined || python === '')
    throw new Error(
      'set PATCHDIFF_TEST_PYTEST to a Python that has pytest, such as that of a virtual environment',
    );
  return python;
}
