"""Ways to turn what somebody typed into code, a command, a query or a path: none of them is in our source.

The rules stand here and not in a scanner, whose rule sets would have to be fetched from the network.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

FORBIDDEN_CALLS = {
    "render_template_string": "user text could become a template",
    "from_string": "user text could become a template",
    "eval": "text could become code",
    "exec": "text could become code",
    "system": "text could become a command",
    "popen": "text could become a command",
}
FORBIDDEN_IMPORTS = {"pickle", "marshal", "shelve", "dill", "joblib", "cloudpickle", "yaml"}
SQL_CALLS = {"execute", "executemany", "executescript", "exec_driver_sql", "text", "scalar", "scalars"}
REQUEST_WORDS = {"request", "args", "form", "values", "view_args", "files"}
EXCUSED = {
    (
        "finance_kit/store/engine.py",
        "SQL",
    ): "settings of SQLite cannot be parameters; name and value are ours",
    ("finance_kit/store/service.py", "SQL"): "names of settings, from tuples in the package",
    ("web/help.py", "Markup"): "pages of help that are part of the package, made from Markdown without raw HTML",
}
"""Module and kind of fault -> why it is none. Each must still be needed."""
UNSAFE_FILTER = re.compile(r"\|\s*safe\b|autoescape\s+false|\bMarkup\b")


def _name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _faults(path: str, tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            yield from (
                f"{path}:{node.lineno} imports {name}" for name in names if name.split(".")[0] in FORBIDDEN_IMPORTS
            )
        if isinstance(node, ast.Call):
            yield from (f"{path}:{node.lineno} {fault}" for fault in _call_faults(node))


def _call_faults(call: ast.Call) -> Iterator[str]:
    name = _name(call)
    method = isinstance(call.func, ast.Attribute)
    if name in FORBIDDEN_CALLS and not (name in ("eval", "exec") and method):
        yield f"{name}: {FORBIDDEN_CALLS[name]}"
    if any(word.arg == "shell" and not _is(word.value, value=False) for word in call.keywords):
        yield "shell=: text could become a command"
    if name == "Markup" and not (call.args and isinstance(call.args[0], ast.Constant)):
        yield "Markup on something that is not written here"
    if name in SQL_CALLS and call.args and _glued(call.args[0]):
        yield "SQL put together from pieces"
    if name in ("send_file", "send_from_directory") and any(_from_request(part) for part in call.args):
        yield f"{name} with a value of the request"


def _is(node: ast.AST, *, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value is value


def _glued(node: ast.AST) -> bool:
    """Whether a text is an f-string with a value in it, a sum, ``%`` or ``format``, anywhere in an argument."""
    for part in ast.walk(node):
        if isinstance(part, ast.JoinedStr) and any(isinstance(value, ast.FormattedValue) for value in part.values):
            return True
        if isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mod | ast.Add):
            sides = (part.left, part.right)
            if any(isinstance(side, ast.Constant) and isinstance(side.value, str) for side in sides):
                return True
    return False


def _from_request(node: ast.AST) -> bool:
    return any(isinstance(part, ast.Name) and part.id in REQUEST_WORDS for part in ast.walk(node))


def test_no_forbidden_call_is_in_the_source(package_modules: dict[str, ast.Module]) -> None:
    found = [fault for path, tree in package_modules.items() for fault in _faults(path, tree)]
    assert [fault for fault in found if not any(_excused(fault, *excuse) for excuse in EXCUSED)] == []
    assert [excuse for excuse in EXCUSED if not any(_excused(fault, *excuse) for fault in found)] == []


def _excused(fault: str, path: str, kind: str) -> bool:
    return fault.startswith(f"{path}:") and kind in fault


def test_no_template_switches_escaping_off(root: Path) -> None:
    found = [
        f"{path.relative_to(root)}:{number}: {line.strip()}"
        for path in sorted((root / "web" / "templates").rglob("*.html"))
        for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1)
        if UNSAFE_FILTER.search(line)
    ]
    assert found == []


@pytest.mark.parametrize(
    "line",
    [
        "render_template_string(x)",
        "flask.render_template_string(request.form['x'])",
        "environment.from_string(x)",
        "eval(x)",
        "os.system(x)",
        "subprocess.run(x, shell=True)",
        "subprocess.run(x, shell=flag)",
        "Markup(x)",
        "Markup(f'<b>{x}</b>')",
        "session.execute(f'SELECT {x}')",
        "session.execute(text('SELECT ' + x))",
        "session.execute(text('SELECT %s' % x))",
        "send_file(request.args['path'])",
        "send_from_directory(folder, form['name'])",
        "import pickle",
        "from yaml import load",
    ],
)
def test_the_check_sees_what_it_is_for(line: str) -> None:
    assert list(_faults("web/seeded.py", ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "render_template('people/sign_in.html', name=x)",
        "Markup('<b>')",
        "session.execute(select(users).where(users.c.id == x))",
        "session.execute(text('SELECT :key'), {'key': x})",
        "send_file(path)",
        "from ruamel.yaml import YAML",
        "subprocess.run([x])",
    ],
)
def test_the_check_lets_good_code_pass(line: str) -> None:
    assert list(_faults("web/seeded.py", ast.parse(line))) == []
