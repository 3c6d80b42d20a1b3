"""The probe of patchdiff: runs inputs and tests inside one side of a comparison and reports what they did.

Standard library only, Python 3.6 to 3.13. Started as ``python -m patchdiff_probe serve`` (a server that
observes inputs), ``python -m patchdiff_probe tests`` (one test run) or ``... --version``.

A module imports only from its own package and from the packages above it in this list:

    safe/             own references to the standard library and to the builtins (one module)
    protocol/         messages: to the host, and from a process that runs code under test
    isolation/        limits, alarms, processes, snapshots of directories, fixed randomness
    values/           reading values without running their code, and their canonical form
    state/            what one input changes and the next one must find unchanged
    instrumentation/  marks put into source code when it is imported
    testrun/          the process that runs a project's own tests
    child/            the process that imports code under test, and its children that run inputs
    supervisor/       the trusted process: answers the host, starts and watches the processes above

All but ``supervisor`` may run in one process with code under test. Their modules bind ``__builtins__ =
safe.BUILTINS`` before they define anything; ``tests/test_structure.py`` checks both rules.
"""

VERSION = "0.1.0"
