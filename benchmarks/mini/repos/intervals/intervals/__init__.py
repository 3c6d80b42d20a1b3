"""Intervals of numbers, sets of intervals, and their text form."""

from intervals.interval import Interval
from intervals.parse import parse_interval, parse_number
from intervals.sets import IntervalSet

__all__ = ["Interval", "IntervalSet", "parse_interval", "parse_number"]
