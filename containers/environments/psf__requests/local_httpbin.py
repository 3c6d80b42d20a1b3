"""A httpbin on the loopback: a server, and fixtures of the names that pytest-httpbin has.

`python -m local_httpbin PORT` serves. As a plugin of pytest, it gives the address of the server that runs
already, in HTTPBIN_URL: a server in a thread of the tests' own process does not survive a fork.
"""

import os
import sys


def serve(port):
    """Serve httpbin on a port of 127.0.0.1, with and without TLS.

    The same request has the same answer at any time.
    """
    import socket
    import ssl

    from httpbin import app
    from pytest_httpbin import certs
    from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

    folder = os.path.dirname(certs.where())
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(os.path.join(folder, "server.pem"), os.path.join(folder, "server.key"))

    class Handler(WSGIRequestHandler):
        def make_environ(self):
            environ = super().make_environ()
            if isinstance(self.connection, ssl.SSLSocket):
                environ["wsgi.url_scheme"] = "https"
            return environ

        def date_time_string(self, timestamp=None):
            return "Thu, 01 Jan 1970 00:00:00 GMT"

        def log(self, type, message, *args):
            pass

    class Server(ThreadedWSGIServer):
        def finish_request(self, request, client_address):
            # A handshake of TLS begins with a byte that no request of HTTP begins with. One port serves both,
            # as there are tests that change nothing but the scheme of an address.
            if request.recv(1, socket.MSG_PEEK) != b"\x16":
                return super().finish_request(request, client_address)
            with tls.wrap_socket(request, server_side=True) as secured:
                super().finish_request(secured, client_address)

        def handle_error(self, request, client_address):
            pass

    Server("127.0.0.1", port, app, Handler).serve_forever()


class Address:
    """What the fixtures give: pytest-httpbin's `Server`, as far as tests use it."""

    def __init__(self, url):
        self.url = url.rstrip("/")
        self.host, _, port = self.url.partition("://")[2].partition(":")
        self.port = int(port)

    def join(self, url):
        return self.url + "/" + url.lstrip("/")

    __add__ = join


if __name__ == "__main__":
    serve(int(sys.argv[1]))
else:
    import pytest

    @pytest.fixture(scope="session")
    def httpbin():
        return Address(os.environ["HTTPBIN_URL"])

    @pytest.fixture(scope="session")
    def httpbin_secure():
        return Address(os.environ["HTTPBIN_URL"].replace("http:", "https:"))
