"""The command line."""

import argparse
import collections
import sys

from logstat.count import count_levels, format_report


def parser():
    """The options."""
    result = argparse.ArgumentParser(prog="logstat", description="Count log entries by level.")
    result.add_argument("files", nargs="+", help="log files")
    result.add_argument("--out", help="write the report to this file")
    return result


def main(arguments=None):
    """Run the program and return its exit status."""
    options = parser().parse_args(arguments)
    counts = collections.Counter()
    for name in options.files:
        with open(name) as lines:
            counts.update(count_levels(lines))
    report = format_report(counts)
    if options.out is None:
        sys.stdout.write(report)
    else:
        with open(options.out, "w") as file:
            file.write(report)
    return 0
