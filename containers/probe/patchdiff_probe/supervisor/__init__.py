"""The trusted process: answers the host, starts the other processes and watches them.

Never imports code under test.
"""
