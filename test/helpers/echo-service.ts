import type { Service } from '../../src/model/recipe.js';

/** A server of the standard library that answers every request with its path. */
const SERVER = `
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.path.encode())
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
`;

/** The service of that server; its address is in `ECHO_URL`. */
export const ECHO: Service = {
  name: 'echo',
  command: ['python', '-c', SERVER, '{port}'],
  env: { ECHO_URL: 'http://127.0.0.1:{port}/' },
  seconds: 30,
};

/** A package whose functions ask the server, and a test that does. */
export const ASKING = {
  'pkg/__init__.py': '',
  'pkg/ask.py': `
import os, socket, urllib.request

def ask(path):
    return urllib.request.urlopen(os.environ["ECHO_URL"] + path).read().decode()

def address():
    return os.environ["ECHO_URL"]

def reaches(port):
    with socket.socket() as client:
        return client.connect_ex(("127.0.0.1", port)) == 0
`,
  'tests/test_ask.py': `
from pkg.ask import ask

def test_ask():
    assert ask("a") == "/a"
`,
} as const;
