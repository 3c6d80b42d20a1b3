"""Directories that are put back, whatever was done to them."""

import os
import shutil
import tempfile
import unittest

from patchdiff_probe.isolation.removal import remove_tree
from patchdiff_probe.isolation.snapshot import DirectorySnapshot

NOBODY = 65534


class Snapshots(unittest.TestCase):
    def setUp(self):
        self.directory = os.path.realpath(tempfile.mkdtemp(prefix="snapshot-test-"))
        self.addCleanup(remove_tree, self.directory)
        os.chmod(self.directory, 0o777)
        self.kept = os.path.join(self.directory, "kept")

    def without_rights(self, work):
        """Do it in a process that file modes hold for, which the superuser is not; its exit status."""
        pid = os.fork()
        if pid == 0:
            status = 1
            try:
                if os.getuid() == 0:
                    os.setgid(NOBODY)
                    os.setuid(NOBODY)
                work()
                status = 0
            finally:
                os._exit(status)
        return os.waitpid(pid, 0)[1]

    def go_down(self, steps):
        os.chdir(self.kept)
        for _ in range(steps):
            os.mkdir("d")
            os.chdir("d")

    def make(self):
        os.makedirs(os.path.join(self.kept, "a"))
        with open(os.path.join(self.kept, "a", "b"), "w") as file:
            file.write("before")
        return DirectorySnapshot(self.kept)

    def content(self):
        with open(os.path.join(self.kept, "a", "b")) as file:
            return file.read()

    def test_what_was_changed_added_and_removed_is_as_before(self):
        sut = self.make()
        os.unlink(os.path.join(self.kept, "a", "b"))
        os.mkfifo(os.path.join(self.kept, "pipe"))
        sut.restore()
        self.assertEqual((os.listdir(self.kept), self.content()), (["a"], "before"))

    def test_folders_that_were_locked_are_put_back(self):
        def work():
            sut = self.make()
            with open(os.path.join(self.kept, "a", "b"), "w") as file:
                file.write("changed")
            os.chmod(os.path.join(self.kept, "a"), 0)
            sut.restore()
            assert self.content() == "before"

        self.assertEqual(self.without_rights(work), 0)

    def test_folders_deeper_than_a_path_can_name_go(self):
        def work():
            sut = self.make()
            self.go_down(2100)
            os.chdir("/")
            sut.restore()
            assert os.listdir(self.kept) == ["a"]
            assert sorted(os.listdir(self.directory)) == ["kept", "kept.kept"]

        self.assertEqual(self.without_rights(work), 0)

    def test_folders_too_deep_to_be_copied_are_refused(self):
        def work():
            os.mkdir(self.kept)
            self.go_down(1500)
            with self.assertRaises(ValueError):
                DirectorySnapshot(self.kept)

        self.assertEqual(self.without_rights(work), 0)

    def test_a_place_that_is_no_directory_any_more_is_one_again(self):
        sut = self.make()
        shutil.rmtree(self.kept)
        os.symlink("/nowhere", self.kept)
        sut.restore()
        self.assertEqual((os.path.islink(self.kept), self.content()), (False, "before"))
