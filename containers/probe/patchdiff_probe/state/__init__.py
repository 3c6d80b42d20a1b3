"""State that an input may change and the next one must find unchanged: objects in memory, and files."""
