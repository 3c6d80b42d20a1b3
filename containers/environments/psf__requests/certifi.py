"""The certificates that old versions of requests trust, where they find this: those of the local httpbin."""

import os


def where():
    """The file of certificates."""
    return os.path.join(os.path.dirname(os.path.abspath(__file__)), "pytest_httpbin", "certs", "client.pem")
