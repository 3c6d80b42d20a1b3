"""Command line of the probe: ``serve``, ``tests`` or ``--version``."""

import sys

import patchdiff_probe

# `python -m` puts the working directory first on the path, where a hostile `json.py` could be. It is removed
# before anything else is imported.
if sys.path and sys.path[0] != patchdiff_probe.__path__[0].rpartition("/")[0]:
    del sys.path[0]


def _serve():
    from patchdiff_probe.supervisor import server

    return server.serve()


def _test():
    from patchdiff_probe.supervisor import test_run

    return test_run.run()


def main(arguments):
    """Run one command; returns the exit code. Unknown commands print the usage and give 2."""
    if arguments == ["--version"]:
        print(patchdiff_probe.VERSION)
        return 0
    if arguments in (["serve"], ["tests"]):
        from patchdiff_probe.isolation import shield
        from patchdiff_probe.supervisor import services

        shield.raise_shield()

        return services.run_beside(_serve if arguments == ["serve"] else _test)
    print("usage: python -m patchdiff_probe serve | tests | --version", file=sys.stderr)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
