import unittest

from signals import Signal


class SignalTest(unittest.TestCase):
    def setUp(self):
        self.signal = Signal("saved")
        self.signal.connect(len_of)

    def test_order(self):
        self.signal.connect(first_of)
        self.assertEqual(self.signal.fire(path="abc"), [3, "a"])

    def test_connected_once(self):
        self.signal.connect(len_of)
        self.assertEqual(self.signal.fire(path="abc"), [3])

    def test_disconnect(self):
        self.assertTrue(self.signal.disconnect(len_of))
        self.assertFalse(self.signal.disconnect(len_of))
        self.assertEqual(self.signal.fire(path="abc"), [])

    def test_muted(self):
        with self.signal.muted():
            self.assertEqual(self.signal.fire(path="abc"), [])
        self.assertEqual(self.signal.fire(path="abc"), [3])


def len_of(path):
    return len(path)


def first_of(path):
    return path[0]
