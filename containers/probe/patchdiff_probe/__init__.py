"""The probe of patchdiff: runs inputs and tests inside one side of a comparison and reports what they did.

Standard library only, Python 3.6 to 3.13. Started as ``python -m patchdiff_probe serve`` (a server that
observes inputs), ``python -m patchdiff_probe tests`` (one test run) or ``... --version``.
"""

import sys

VERSION = "0.1.0"

# `python -m` puts the working directory first on the path, where a hostile `json.py` could lie in wait.
if sys.path and sys.path[0] != __path__[0].rpartition("/")[0]:
    del sys.path[0]
