"""Isolation of code under test: limits, alarms, processes, snapshots of directories, fixed randomness."""
