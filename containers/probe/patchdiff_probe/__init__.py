"""The probe of patchdiff: runs inputs and tests inside one side of a comparison and reports what they did.

Standard library only, Python 3.6 to 3.13. Started as ``python -m patchdiff_probe serve`` (a server that
observes inputs), ``python -m patchdiff_probe tests`` (one test run) or ``... --version``.
"""

VERSION = "0.1.0"
