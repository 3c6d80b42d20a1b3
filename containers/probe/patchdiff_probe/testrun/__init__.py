"""Runs of the developers' own tests, with results taken from the runner's objects and never from its output."""
