import os
import tempfile
import unittest

from patchdiff_probe.testrun.pytest_options import needed_options


class NeededOptions(unittest.TestCase):
    def needed(self, name, text):
        with tempfile.TemporaryDirectory() as root:
            with open(os.path.join(root, name), "w") as file:
                file.write(text)
            return needed_options(root)

    def test_ini_files(self):
        for name, section in (("pytest.ini", "pytest"), ("tox.ini", "pytest"), ("setup.cfg", "tool:pytest")):
            text = (
                "[%s]\naddopts = --cov=x -p json\n  -pno:warnings --import-mode=importlib  # why\n" % section
            )
            self.assertEqual(
                self.needed(name, text), ["-p", "json", "-p", "no:warnings", "--import-mode=importlib"]
            )

    def test_toml(self):
        head = '[tool.other]\naddopts = "-p os"\n[tool.pytest.ini_options]\n'
        for value in ('"-ra -p json"', "'-p json -x'", '["-ra", "-p", "json"]', '"""\n-ra\n-p json\n"""'):
            self.assertEqual(
                self.needed("pyproject.toml", head + "addopts = " + value + "\n"), ["-p", "json"]
            )

    def test_plugins_that_are_not_here(self):
        self.assertEqual(
            self.needed("pytest.ini", "[pytest]\naddopts = -p not_here -p not.here.either -p"), []
        )

    def test_settings_that_cannot_be_read(self):
        for text in ("addopts = -p json", "[pytest]\naddopts = -p 'json", "[pytest]\nx = 1\n", "\0"):
            self.assertEqual(self.needed("pytest.ini", text), [])


if __name__ == "__main__":
    unittest.main()
