"""The process that runs a project's own tests.

Results come from the runner's objects, never from its output.
"""
