"""Rewrites the functions that a patch changed so that they read otherwise and do the same.

Reads from standard input one JSON object: `base` and `gold`, the sources of a file before and after the patch
(`base` null for a new file), and `rewrites`, names of what follows. Prints `{"source": ..., "applied":
[...]}`: the rewritten source, and the rewrites that found something to do. Needs Python 3.9. Layout outside
of rewritten functions is kept.
"""

import ast
import copy
import json
import sys

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
SCOPES = FUNCTIONS + (ast.Lambda, ast.ClassDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
# What sees the names or the number of local variables at run time.
REFLECTION = {"locals", "eval", "exec", "vars", "dir", "_getframe", "currentframe"}


def own_nodes(function):
    """Nodes of a function without those of functions, classes and comprehensions inside."""
    pending = list(function.body)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, SCOPES + COMPREHENSIONS):
            pending.extend(ast.iter_child_nodes(node))


def ends(body):
    """Whether control never leaves a list of statements at its end."""
    return bool(body) and isinstance(body[-1], (ast.Return, ast.Raise))


class Rewrite(ast.NodeTransformer):
    """One kind of rewriting of one function; functions and classes inside are left alone."""

    def __init__(self, function):
        self.function = function
        self.names = {n.id for n in ast.walk(function) if isinstance(n, ast.Name)}
        self.names |= {n.arg for n in ast.walk(function) if isinstance(n, ast.arg)}

    def run(self):
        self.function.body = self.block(self.function.body)

    def block(self, body):
        statements = []
        for statement in body:
            if not isinstance(statement, SCOPES):
                statement = self.visit(statement)
            statements.extend(statement if isinstance(statement, list) else [statement])
        return self.rewritten(statements)

    def rewritten(self, statements):
        return statements

    def generic_visit(self, node):
        for name, value in ast.iter_fields(node):
            if isinstance(value, list) and value and isinstance(value[0], ast.stmt):
                setattr(node, name, self.block(value))
            elif isinstance(value, list):
                for item in value:
                    if isinstance(item, ast.excepthandler) or type(item).__name__ == "match_case":
                        self.generic_visit(item)
        return node

    def fresh(self, stem):
        name, count = stem, 1
        while name in self.names:
            name, count = stem + str(count), count + 1
        self.names.add(name)
        return name


def load(name):
    return ast.Name(name, ast.Load())


def assign(name, value):
    return ast.Assign([ast.Name(name, ast.Store())], value)


def is_assignment_to_name(node):
    return isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name)


class RenamedLocals(Rewrite):
    """Other names for variables that are assigned in the function and in no scope inside it."""

    def run(self):
        if self.names & REFLECTION or any(
            isinstance(n, (ast.Global, ast.Nonlocal)) for n in ast.walk(self.function)
        ):
            return
        bound = {
            n.id for n in own_nodes(self.function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
        }
        inside = {n.arg for n in ast.walk(self.function) if isinstance(n, ast.arg)}
        for scope in ast.walk(self.function):
            if scope is not self.function and isinstance(scope, SCOPES + COMPREHENSIONS):
                inside |= {
                    n.id
                    for n in ast.walk(scope)
                    if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)
                }
                inside |= {getattr(scope, "name", None)}
        handlers = {n.name for n in ast.walk(self.function) if isinstance(n, ast.ExceptHandler)}
        for statement in ast.walk(self.function):
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                handlers |= {(alias.asname or alias.name).partition(".")[0] for alias in statement.names}
            if type(statement).__name__.startswith("Match"):
                handlers |= {getattr(statement, "name", None), getattr(statement, "rest", None)}
        renamed = {name: self.fresh(name + "_value") for name in sorted(bound - inside - handlers)}
        for node in ast.walk(self.function):
            if isinstance(node, ast.Name) and node.id in renamed:
                node.id = renamed[node.id]


class Reformatted(Rewrite):
    """Layout as the standard library writes it."""


class ComprehensionToLoop(Rewrite):
    """`x = [e for t in it if c]` and `return [...]` as a loop that appends."""

    def rewritten(self, statements):
        return [one for statement in statements for one in self.loop(statement)]

    def loop(self, statement):
        if not (is_assignment_to_name(statement) or isinstance(statement, ast.Return)):
            return [statement]
        made = statement.value
        if not isinstance(made, ast.ListComp) or any(g.is_async for g in made.generators):
            return [statement]
        if any(
            isinstance(n, (ast.Lambda, ast.NamedExpr) + COMPREHENSIONS)
            for n in ast.walk(made)
            if n is not made
        ):
            return [statement]
        stored = {n.id for n in ast.walk(made) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        fresh = {name: self.fresh(name + "_item") for name in sorted(stored)}
        first = copy.deepcopy(made.generators[0].iter)
        for node in ast.walk(made):
            if isinstance(node, ast.Name) and node.id in fresh:
                node.id = fresh[node.id]
        made.generators[0].iter = first
        items = self.fresh("items")
        append = ast.Call(ast.Attribute(load(items), "append", ast.Load()), [made.elt], [])
        body = [ast.Expr(append)]
        for generator in reversed(made.generators):
            for condition in reversed(generator.ifs):
                body = [ast.If(condition, body, [])]
            body = [ast.For(generator.target, generator.iter, body, [])]
        statement.value = load(items)
        return [assign(items, ast.List([], ast.Load()))] + body + [statement]


class ReturnToElse(Rewrite):
    """What follows `if c: return ...` goes into an `else`."""

    def rewritten(self, statements):
        for index, statement in enumerate(statements):
            rest = statements[index + 1 :]
            if isinstance(statement, ast.If) and not statement.orelse and ends(statement.body) and rest:
                statement.orelse = self.rewritten(rest)
                return statements[: index + 1]
        return statements


class ElseToReturn(Rewrite):
    """`if c: return ... else: rest` without the `else`."""

    def rewritten(self, statements):
        made = []
        for statement in statements:
            made.append(statement)
            if isinstance(statement, ast.If) and statement.orelse and ends(statement.body):
                made.extend(self.rewritten(statement.orelse))
                statement.orelse = []
        return made


class InvertedIf(Rewrite):
    """`if c: a else: b` as `if not c: b else: a`."""

    def visit_If(self, node):
        self.generic_visit(node)
        if node.orelse:
            node.test = ast.UnaryOp(ast.Not(), node.test)
            node.body, node.orelse = node.orelse, node.body
        return node


class ResultVariable(Rewrite):
    """`return e` as an assignment and a return."""

    def visit_Return(self, node):
        if node.value is None or isinstance(node.value, (ast.Constant, ast.Name)):
            return node
        name = self.fresh("outcome")
        return [assign(name, node.value), ast.Return(load(name))]


class TernaryToIf(Rewrite):
    """`return a if c else b`, and the same assigned to a name, as an `if` statement."""

    def rewritten(self, statements):
        return [self.opened(statement) for statement in statements]

    def opened(self, statement):
        if not (is_assignment_to_name(statement) or isinstance(statement, ast.Return)):
            return statement
        choice = statement.value
        if not isinstance(choice, ast.IfExp):
            return statement
        other = copy.deepcopy(statement)
        statement.value, other.value = choice.body, choice.orelse
        return ast.If(choice.test, [statement], [self.opened(other)])


class AndToNested(Rewrite):
    """`if a and b: x` as one `if` in another."""

    def visit_If(self, node):
        self.generic_visit(node)
        if node.orelse or not (isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And)):
            return node
        body = node.body
        for value in reversed(node.test.values):
            body = [ast.If(value, body, [])]
        return body[0]


class NamedIterable(Rewrite):
    """`for x in e` with a variable for `e`."""

    def rewritten(self, statements):
        made = []
        for statement in statements:
            if isinstance(statement, ast.For) and not isinstance(statement.iter, ast.Name):
                name = self.fresh("sequence")
                made.append(assign(name, statement.iter))
                statement.iter = load(name)
            made.append(statement)
        return made


class NotOutside(ast.NodeTransformer):
    """`x not in y` as `not x in y`, `x is not y` as `not x is y`."""

    def __init__(self, function):
        self.function = function

    def run(self):
        self.function.body = [self.visit(statement) for statement in self.function.body]

    def visit_Compare(self, node):
        self.generic_visit(node)
        opposite = {ast.NotIn: ast.In, ast.IsNot: ast.Is}.get(type(node.ops[0]))
        if len(node.ops) > 1 or opposite is None:
            return node
        return ast.UnaryOp(ast.Not(), ast.Compare(node.left, [opposite()], node.comparators))


class WhileTrue(Rewrite):
    """`while c: x` as `while True: if not c: break; x`."""

    def visit_While(self, node):
        self.generic_visit(node)
        if node.orelse or isinstance(node.test, ast.Constant):
            return node
        leave = ast.If(ast.UnaryOp(ast.Not(), node.test), [ast.Break()], [])
        return ast.While(ast.Constant(True), [leave] + node.body, [])


class ExplicitNone(Rewrite):
    """`return None` where a function ends without a return; an async generator may not return a value."""

    def run(self):
        yields = any(isinstance(node, (ast.Yield, ast.YieldFrom)) for node in own_nodes(self.function))
        if isinstance(self.function, ast.AsyncFunctionDef) and yields:
            return
        if not ends(self.function.body):
            self.function.body.append(ast.Return(ast.Constant(None)))


class UnpackedAssignment(Rewrite):
    """`a, b = x, y` as four assignments, by way of variables of their own."""

    def rewritten(self, statements):
        return [one for statement in statements for one in self.unpacked(statement)]

    def unpacked(self, node):
        if not isinstance(node, ast.Assign) or len(node.targets) != 1:
            return [node]
        target, value = node.targets[0], node.value
        if not (isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple)) or len(target.elts) != len(
            value.elts
        ):
            return [node]
        if not all(isinstance(n, ast.Name) for n in target.elts) or any(
            isinstance(n, ast.Starred) for n in value.elts
        ):
            return [node]
        names = [self.fresh("part") for _ in value.elts]
        first = [assign(name, one) for name, one in zip(names, value.elts)]
        return first + [assign(one.id, load(name)) for one, name in zip(target.elts, names)]


REWRITES = {
    "renamed": RenamedLocals,
    "reformatted": Reformatted,
    "comprehension-to-loop": ComprehensionToLoop,
    "else-to-return": ElseToReturn,
    "result-variable": ResultVariable,
    "ternary-to-if": TernaryToIf,
    "and-to-nested": AndToNested,
    "named-iterable": NamedIterable,
    "not-outside": NotOutside,
    "while-true": WhileTrue,
    "return-to-else": ReturnToElse,
    "inverted-if": InvertedIf,
    "explicit-none": ExplicitNone,
    "unpacked-assignment": UnpackedAssignment,
}


def functions(tree, prefix=""):
    """Functions and methods of a module by their qualified names; of several with one name, the last."""
    found = {}
    for node in tree.body:
        if isinstance(node, FUNCTIONS):
            found[prefix + node.name] = node
        elif isinstance(node, ast.ClassDef):
            found.update(functions(node, prefix + node.name + "."))
    return found


def changed(base, gold):
    """Names of the functions of `gold` that `base` has not, or has otherwise."""
    before = (
        {} if base is None else {name: ast.dump(node) for name, node in functions(ast.parse(base)).items()}
    )
    return [name for name, node in functions(ast.parse(gold)).items() if before.get(name) != ast.dump(node)]


def put_back(lines, old, new):
    """The lines of a file with the text of one function replaced."""
    first = min([old.lineno] + [decorator.lineno for decorator in old.decorator_list])
    depth, remainder = divmod(old.col_offset, 4)
    if remainder:
        raise ValueError("line %d is indented by other than fours" % old.lineno)
    # Written inside of as many classes as it takes, since a text that is indented later has other docstrings.
    nested = new
    for _ in range(depth):
        outer = ast.parse("class _: pass").body[0]
        outer.body, nested = [nested], outer
    text = ast.unparse(nested).split("\n")[depth:]
    return lines[: first - 1] + text + lines[old.end_lineno :]


def rewrite(source, name, rewrites):
    """The source with one function rewritten, and which rewrites found something to do."""
    old = functions(ast.parse(source))[name]
    new = copy.deepcopy(old)
    applied = []
    for kind in rewrites:
        before = ast.dump(new)
        REWRITES[kind](new).run()
        if ast.dump(new) != before or kind == "reformatted":
            applied.append(kind)
    if not applied:
        return source, []
    made = "\n".join(put_back(source.split("\n"), old, ast.fix_missing_locations(new)))
    if ast.dump(functions(ast.parse(made))[name]) != ast.dump(ast.parse(ast.unparse(new)).body[0]):
        raise AssertionError("the text of " + name + " does not parse to what was meant")
    return made, applied


def main():
    given = json.load(sys.stdin)
    source, applied = given["gold"], []
    for name in changed(given["base"], given["gold"]):
        source, done = rewrite(source, name, given["rewrites"])
        applied += [kind for kind in done if kind not in applied]
    json.dump({"source": source, "applied": applied}, sys.stdout)


if __name__ == "__main__":
    main()
