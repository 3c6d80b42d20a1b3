"""Marks put into source code when it is imported: ``loading`` is the import hook, ``targets`` one of its two
users.

The other user is ``testrun.tracing``, which marks every function of the tree.
"""
