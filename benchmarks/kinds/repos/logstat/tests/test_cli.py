import contextlib
import io
import os
import tempfile
import unittest

from logstat import main


class MainTest(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.log = self.write("app.log", "INFO started\nERROR no disk\nINFO done\n")

    def write(self, name, text):
        path = os.path.join(self.folder, name)
        with open(path, "w") as file:
            file.write(text)
        return path

    def run_main(self, *arguments):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            status = main(list(arguments))
        return status, out.getvalue(), err.getvalue()

    def test_report(self):
        self.assertEqual(self.run_main(self.log), (0, "ERROR 1\nINFO 2\n", ""))

    def test_several_files(self):
        other = self.write("worker.log", "ERROR again\n")
        self.assertEqual(self.run_main(self.log, other)[1], "ERROR 2\nINFO 2\n")

    def test_out(self):
        report = os.path.join(self.folder, "report.txt")
        self.assertEqual(self.run_main(self.log, "--out", report), (0, "", ""))
        with open(report) as file:
            self.assertEqual(file.read(), "ERROR 1\nINFO 2\n")
