"""How many entries of which level log files hold."""

from logstat.cli import main
from logstat.count import LEVELS, count_levels, format_report

__all__ = ["LEVELS", "count_levels", "format_report", "main"]
