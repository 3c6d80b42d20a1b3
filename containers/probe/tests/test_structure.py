"""Rules that hold for every source file of the probe; nothing is run."""

import ast
import os
import re
import unittest
import warnings

import patchdiff_probe
from support import PROBE

PACKAGE = os.path.join(PROBE, "patchdiff_probe")
# Rooms whose modules may run in one process with code under test. `supervisor` never does.
BESIDE_UNTRUSTED_CODE = {"protocol", "isolation", "values", "state", "instrumentation", "testrun", "child"}
TRUSTED = {"supervisor"}
BINDING = "__builtins__ = safe.BUILTINS"


def sources(directory):
    """The Python files below a directory: (path relative to it, text) each."""
    for folder, _, names in os.walk(directory):
        for name in sorted(names):
            if name.endswith(".py"):
                path = os.path.join(folder, name)
                with open(path, encoding="utf-8") as file:
                    yield os.path.relpath(path, directory), file.read()


def rooms_in_order():
    """The packages and the module that the package's docstring lists, in its order."""
    return [name.rstrip("/") for name in re.findall(r"^    (\w+/)  ", patchdiff_probe.__doc__, re.MULTILINE)]


def room_of(module):
    """The room of a dotted module name, which is a package or a module at the top.

    None for the package itself.
    """
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else None


def imports(text):
    """The dotted names of the probe's modules that a source imports, at its top or later."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [node.module + "." + alias.name for alias in node.names]
        else:
            continue
        for name in names:
            if name.split(".")[0] == "patchdiff_probe":
                yield name


def statements(text):
    """The top-level statements of a module after its docstring."""
    body = ast.parse(text).body
    return body[1:] if body and isinstance(body[0], ast.Expr) else body


def binds_first(text):
    """Whether a module binds its builtins before anything but imports, and only by the agreed statement."""
    for statement in statements(text):
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            continue
        return ast.dump(statement) == ast.dump(ast.parse(BINDING).body[0])
    return False


class Structure(unittest.TestCase):
    def test_every_file_compiles_without_warnings_on_this_python(self):
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = [compile(text, path, "exec", dont_inherit=True) for path, text in sources(PROBE)]
        self.assertGreater(len(found), 50)

    def test_every_room_is_known(self):
        rooms = {path.split(os.sep)[0] for path, _ in sources(PACKAGE) if os.sep in path}
        self.assertEqual(rooms, BESIDE_UNTRUSTED_CODE | TRUSTED)
        self.assertEqual(set(rooms_in_order()), rooms | {"safe"})

    def test_modules_beside_untrusted_code_bind_their_builtins_first(self):
        checked = 0
        for path, text in sources(PACKAGE):
            name = os.path.basename(path)
            if path.split(os.sep)[0] not in BESIDE_UNTRUSTED_CODE or os.sep not in path:
                continue
            with self.subTest(path):
                checked += 1
                if name == "__init__.py":
                    self.assertEqual(
                        statements(text), [], "a package's own file holds nothing but its docstring"
                    )
                else:
                    self.assertTrue(binds_first(text), "`%s` must follow the imports" % BINDING)
        self.assertGreater(checked, 40)

    def test_the_check_of_bindings_can_fail(self):
        head = '"""Module."""\n\nimport os\n\nfrom patchdiff_probe import safe\n\n'
        self.assertTrue(binds_first(head + BINDING + "\nos = safe.os\n"))
        self.assertFalse(binds_first(head + "def f(): pass\n" + BINDING + "\n"))
        self.assertFalse(binds_first(head + "x = 1\n" + BINDING + "\n"))
        self.assertFalse(binds_first(head + "__builtins__ = other.BUILTINS\n"))
        self.assertFalse(binds_first(head))

    def test_rooms_import_in_one_direction(self):
        order = rooms_in_order()
        for path, text in sources(PACKAGE):
            own = path.split(os.sep)[0]
            if own not in order:
                continue  # the command line, which may import every room
            for name in imports(text):
                room = room_of(name)
                with self.subTest(path=path, imports=name):
                    self.assertIn(room, order)
                    self.assertLessEqual(order.index(room), order.index(own))

    def test_modules_do_not_import_each_other_in_circles(self):
        graph = {}
        for path, text in sources(PACKAGE):
            module = "patchdiff_probe." + path[: -len(".py")].replace(os.sep, ".")
            graph[module] = set(imports(text))
        for module, names in graph.items():
            # `from package import module` and `from module import name` look the same.
            graph[module] = {name if name in graph else name.rpartition(".")[0] for name in names} & set(
                graph
            )
        while graph:
            leaves = {module for module, names in graph.items() if not names}
            self.assertTrue(leaves, "circle among " + ", ".join(sorted(graph)))
            graph = {module: names - leaves for module, names in graph.items() if module not in leaves}


if __name__ == "__main__":
    unittest.main()
