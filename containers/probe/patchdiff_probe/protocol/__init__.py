"""Messages: lines exchanged with the host, and frames from a process that runs code under test."""
