/** Python functions for drivers: `load` makes the module `m` of a source, `status` says how a test's text does with it. */
export const LOAD_AND_STATUS = `
import json, sys, types
def load(source):
    sys.modules['m'] = module = types.ModuleType('m')
    exec(source, module.__dict__)
    return module
def status(text, source):
    load(source)
    test = types.ModuleType('test_patchdiff')
    exec(compile(text, 'test_patchdiff.py', 'exec'), test.__dict__)
    [function] = [value for name, value in vars(test).items() if name.startswith('test_patchdiff_')]
    try:
        function()
    except Exception as error:
        return type(error).__name__
    return 'passed'
`;
