"""The process that runs a project's own tests; results come from the runner's objects, never from its output."""
