"""Imports point one way: foundation, loans, plan, engine, indicators, readiness, report, documents, service, cli.

A single module beside the packages is foundation and may import its like. A new package must be added to the map below:
that is the moment to say what stands under it.
"""

from __future__ import annotations

import ast
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

ABOVE = {
    "__init__", "__main__", "service", "service_assess", "service_documents", "service_fixes", "service_languages",
    "service_lenders", "service_loans", "service_results", "service_upload",
}  # fmt: skip
FOUNDATION = {path.stem for path in (Path(__file__).parents[2] / "finance_kit").glob("*.py")} - ABOVE
LEAF = {"errors", "resources"}  # all that the word catalogue needs
TO_PLAN = FOUNDATION | {"loans", "plan", "packs"}
TO_READINESS = TO_PLAN | {"engine", "indicators", "readiness", "risk"}

# Room -> rooms it may import. A room may always import itself; the package's own name gives the version.
MAP: dict[str, set[str]] = {
    **dict.fromkeys(FOUNDATION, FOUNDATION),
    "errors": set(),
    "i18n": LEAF,
    "loans": FOUNDATION,
    "packs": FOUNDATION | {"loans", "plan"},
    "plan": FOUNDATION | {"loans", "packs"},
    "engine": TO_PLAN,
    "indicators": TO_PLAN | {"engine"},
    "risk": TO_PLAN | {"engine", "indicators"},
    "readiness": TO_PLAN | {"engine", "indicators", "risk", "offers"},
    "report": TO_READINESS | {"i18n"},
    "offers": TO_PLAN | {"i18n"},
    "drafts": {"errors", "plan"},
    "forms": {"errors", "timeline", "plan", "packs", "drafts"},
    "store": {"errors", "plan", "drafts"},
    "documents": TO_READINESS | {"i18n", "report", "offers"},
    "service_lenders": TO_READINESS | {"i18n"},
    "service_languages": TO_READINESS | {"i18n", "forms", "service_documents"},  # texts for translators
    "service_loans": TO_PLAN | {"i18n", "offers", "documents"},
    "service": TO_READINESS | {"i18n", "report", "documents", "service_lenders"},
    "service_assess": TO_READINESS | {"offers", "service", "service_lenders"},
    "service_fixes": TO_READINESS | {"service", "service_lenders"},
    "service_documents": TO_READINESS | {"documents", "service", "service_loans"},
    "service_results": TO_READINESS | {"report", "service", "service_assess"},
    "service_upload": {"errors", "i18n", "plan", "drafts"},
    "cli": {
        "errors", "i18n", "service", "service_assess", "service_fixes", "service_lenders", "service_loans", "store",
    },
    "__main__": {"cli"},
    "__init__": set(),
    # Rooms of web/ share one entry: pages ask services, the store and the words of the core, nothing deeper.
    "web": {
        "errors", "i18n", "money", "resources", "service", "service_assess", "service_documents", "service_fixes",
        "service_languages", "service_lenders", "service_loans", "service_results", "service_upload", "store", "drafts",
        "forms",
    },
}  # fmt: skip

# Libraries that only these rooms may use: what lies below knows no file format, language, terminal, page or database.
HOMES: dict[str, set[str]] = {
    "click": {"cli"},
    "rich": {"cli"},
    "ruamel": {"plan", "packs", "engine", "drafts"},  # the engine reads the line catalogue
    "babel": {"report", "documents", "i18n", "forms", "web"},
    "docx": {"documents"},
    "docxtpl": {"documents"},
    "icu4py": {"documents", "i18n"},
    "lxml": {"documents"},
    "pypdf": {"documents"},
    "xlsxwriter": {"documents"},
    "numpy_financial": {"investment"},  # the one wrapper: two versions of it answer differently
    "pyxirr": {"investment", "loans"},  # loans search the effective rate of a contract from several starting points
    "alembic": {"store"},
    "argon2": {"web"},
    "flask": {"web"},
    "flask_babel": {"web"},
    "flask_limiter": {"web"},
    "limits": {"web"},
    "flask_wtf": {"web"},
    "huey": {"web"},
    "jinja2": {"documents", "web"},
    "markdown_it": {"web"},
    "markupsafe": {"web"},
    "secure": {"web"},
    "segno": {"web"},
    "spectree": {"web"},
    "waitress": {"web"},
    "werkzeug": {"web"},
    "sqlalchemy": {"store"},
}


# Modules of a library that another of our libraries brings along, in the version it asks for.
OTHER_HALVES = {"pydantic_core": "pydantic", "limits": "flask-limiter", "werkzeug": "flask", "markupsafe": "jinja2"}


def _room(path: str) -> str:
    package, room, *_ = Path(path).parts
    return "web" if package == "web" else room.removesuffix(".py")


def _imports(path: str, tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and full dotted name of everything that a module imports, inside functions as well."""
    package = list(Path(path).parts[:-1])
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield node.lineno, alias.name
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            for alias in node.names:
                yield node.lineno, f"{module}.{alias.name}"


def _wrong_arrows(modules: dict[str, ast.Module]) -> list[str]:
    wrong = []
    for path, tree in modules.items():
        room = _room(path)
        if room not in MAP:
            wrong.append(f"{path}: the room {room!r} is not on the map of this test")
            continue
        for line, name in _imports(path, tree):
            top, *rest = name.split(".")
            if top == "web" and room not in ("web", "cli"):
                wrong.append(f"{path}:{line}: {room} may not import web")
            elif top == "finance_kit":
                target = rest[0] if rest else "__init__"
                if target.startswith("__version__") or target in (room, "__init__"):
                    continue
                if target not in MAP[room]:
                    wrong.append(f"{path}:{line}: {room} may not import {target}")
            elif top in HOMES and room not in HOMES[top]:
                wrong.append(f"{path}:{line}: {room} may not import {top}; it lives in {sorted(HOMES[top])}")
    return wrong


def test_no_import_points_up(package_modules: dict[str, ast.Module]) -> None:
    wrong = _wrong_arrows(package_modules)
    assert not wrong, "\n".join(wrong)


def test_the_test_sees_an_arrow_that_points_up() -> None:
    seeded = {
        "finance_kit/money.py": "import click\nfrom finance_kit import service",
        "finance_kit/engine/costs.py": "def f():\n    from ..report.tables import rows",
        "finance_kit/cli/run.py": "import finance_kit.engine.projection",
        "finance_kit/attic/old.py": "",
    }
    found = _wrong_arrows({path: ast.parse(text) for path, text in seeded.items()})
    assert [line.split(": ", 1)[0] for line in found] == [
        "finance_kit/money.py:1",
        "finance_kit/money.py:2",
        "finance_kit/engine/costs.py:2",
        "finance_kit/cli/run.py:1",
        "finance_kit/attic/old.py",
    ]


def test_modules_do_not_import_each_other_in_a_circle(package_modules: dict[str, ast.Module]) -> None:
    names = {path.removesuffix(".py").removesuffix("/__init__").replace("/", "."): path for path in package_modules}
    needs: dict[str, set[str]] = {}
    for name, path in names.items():
        found = {_module_of(target, names) for _, target in _imports(path, package_modules[path])}
        needs[name] = {other for other in found if other and other not in (name, "finance_kit")}
    while free := [name for name, wanted in needs.items() if not wanted]:
        for name in free:
            del needs[name]
        for wanted in needs.values():
            wanted.difference_update(free)
    assert sorted(needs) == [], f"each of these waits for another: {needs}"


def _module_of(name: str, known: dict[str, str]) -> str | None:
    """The module of ours that an imported name belongs to, or ``None``."""
    while name and name not in known:
        name = name.rpartition(".")[0]
    return name or None


def test_every_library_in_use_is_declared(root: Path, package_modules: dict[str, ast.Module]) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {_plain(requirement) for requirement in project["dependencies"]}
    owners = metadata.packages_distributions()
    missing = set()
    for path, tree in package_modules.items():
        for line, name in _imports(path, tree):
            top = name.split(".")[0]
            if top in sys.stdlib_module_names or top in ("finance_kit", "web"):
                continue
            top = OTHER_HALVES.get(top, top)
            if not declared.intersection(_plain(owner) for owner in owners.get(top, [top])):
                missing.add(f"{path}:{line}: {top}")
    assert not missing, "\n".join(sorted(missing))


def _plain(requirement: str) -> str:
    """The name in a requirement, as indexes compare names."""
    name = requirement
    for mark in "<>=!~;[ ":
        name = name.split(mark)[0]
    return name.lower().replace("_", "-").replace(".", "-")
