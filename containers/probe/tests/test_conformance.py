"""The shared vectors of the canonical form."""

import importlib.util
import json
import sys

from support import CONFORMANCE, ProbeCase


class Conformance(ProbeCase):
    def test_vectors(self):
        with open(CONFORMANCE, encoding="utf-8") as file:
            vectors = json.load(file)
        self.assertGreater(len(vectors), 100)
        sut = self.probe()
        for vector in vectors:
            if not self._applies(vector):
                continue
            with self.subTest(vector["name"]):
                observation = sut.observe(vector["source"], prelude=vector["setup"])[0]
                actual = {key: observation[key] for key in vector["observation"]}
                self.assertEqual(actual, vector["observation"])

    def test_vectors_do_not_depend_on_the_hash_seed(self):
        sources = [
            "{'b', 'a', 'c'}",
            "{'x': 1, 'a': 2}",
            "frozenset('abc')",
            "{1: {'u', 'v'}}",
            "[{'q', 'r'}]",
        ]
        answers = [self.probe(seed=seed).observe(*sources) for seed in ("1", "2", "3")]
        self.assertEqual(answers[0], answers[1])
        self.assertEqual(answers[0], answers[2])

    def _applies(self, vector):
        if sys.version_info < tuple(map(int, vector.get("minPython", "3.0").split("."))):
            return False
        for module in vector.get("requires", ()):
            if importlib.util.find_spec(module) is None:
                print("skipped: vectors that need %s, not here" % module, file=sys.stderr)
                return False
        return True
