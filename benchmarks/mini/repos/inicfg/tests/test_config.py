import unittest

from inicfg import Config, ConfigError

TEXT = """
[server]
host = example.org
port = 8080
debug = off
names = one, two
"""


class ConfigTest(unittest.TestCase):
    def setUp(self):
        self.config = Config(TEXT)

    def test_get(self):
        self.assertEqual(self.config.get("server", "host"), "example.org")
        self.assertEqual(self.config.get("server", "user", "ann"), "ann")

    def test_getint(self):
        self.assertEqual(self.config.getint("server", "port"), 8080)
        self.assertEqual(self.config.getint("server", "retries", 3), 3)

    def test_getbool(self):
        self.assertIs(self.config.getbool("server", "debug"), False)
        with self.assertRaises(ConfigError):
            self.config.getbool("server", "port")

    def test_getlist(self):
        self.assertIn("two", self.config.getlist("server", "names"))
        self.assertEqual(len(self.config.getlist("server", "names")), 2)

    def test_set(self):
        self.config.set("server", "port", 81)
        self.assertEqual(self.config.getint("server", "port"), 81)


def test_sections_keep_their_order():
    assert Config("[b]\n[a]").sections() == ["b", "a"]
