import datetime
import json
import unittest
from unittest import mock

from packer import CodecError, available, codecs, dumps, loads


class FakeFastpack:
    """Has the interface of fastpack_c."""

    @staticmethod
    def pack(value, default=None):
        return b"\x00" + json.dumps(value, default=default).encode()

    @staticmethod
    def unpack(data):
        return json.loads(data[1:].decode())


class JsonTest(unittest.TestCase):
    def test_there_and_back(self):
        value = {"name": "Ada", "numbers": [1, 2.5, None]}
        self.assertEqual(loads(dumps(value)), value)

    def test_dates_and_sets(self):
        self.assertEqual(loads(dumps([datetime.date(2024, 2, 29), {2, 1}])), ["2024-02-29", [1, 2]])

    def test_other_bytes(self):
        with self.assertRaises(CodecError):
            loads(b"{")

    def test_unknown_codec(self):
        with self.assertRaises(CodecError):
            dumps(1, codec="yaml")


class FastTest(unittest.TestCase):
    def test_there_and_back(self):
        with mock.patch.object(codecs, "fastpack_c", FakeFastpack):
            self.assertEqual(available(), ["fast", "json"])
            self.assertEqual(loads(dumps([1, "a"], codec="fast"), codec="fast"), [1, "a"])

    def test_not_installed(self):
        with mock.patch.object(codecs, "fastpack_c", None):
            self.assertEqual(available(), ["json"])
