"""Modules stay small enough to read, and what they offer says what it is."""

from __future__ import annotations

import ast
from pathlib import Path

LONGEST_MODULE = 400
LONGEST_FUNCTION = 70


def test_no_module_is_longer_than_400_lines(tracked_files: list[Path], root: Path) -> None:
    lengths = {
        path.relative_to(root).as_posix(): len(path.read_text("utf-8").splitlines())
        for path in tracked_files
        if path.suffix == ".py"
    }
    assert "finance_kit/money.py" in lengths
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE} == {}


def test_no_function_is_longer_than_70_lines_of_code(package_modules: dict[str, ast.Module]) -> None:
    long = {}
    for path, tree in package_modules.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{path}:{node.lineno} {node.name}"] = lines
    assert long == {}


def test_every_module_says_what_it_offers(package_modules: dict[str, ast.Module]) -> None:
    silent = []
    for path, tree in package_modules.items():
        if not ast.get_docstring(tree):
            silent.append(f"{path}: no docstring")
        if _public_names(tree) is None and _has_public_definition(tree):
            silent.append(f"{path}: no __all__")
    assert not silent, "\n".join(silent)


def test_every_public_name_exists_and_is_documented(package_modules: dict[str, ast.Module]) -> None:
    faults = []
    for path, tree in package_modules.items():
        defined = _definitions(tree)
        for name in _public_names(tree) or []:
            if name not in defined:
                faults.append(f"{path}: {name} is in __all__ and nowhere else")
                continue
            node = defined[name]
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not ast.get_docstring(node):
                faults.append(f"{path}: {name} has no docstring")
    assert not faults, "\n".join(faults)


def _public_names(tree: ast.Module) -> list[str] | None:
    """What ``__all__`` lists; ``None`` without one."""
    for node in tree.body:
        targets = (
            node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
        )
        if any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets):
            assert isinstance(node, ast.Assign | ast.AnnAssign)
            assert node.value is not None
            return [str(name) for name in ast.literal_eval(node.value)]
    return None


def _has_public_definition(tree: ast.Module) -> bool:
    kinds = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
    return any(isinstance(node, kinds) and not node.name.startswith("_") for node in tree.body)


def _definitions(tree: ast.Module) -> dict[str, ast.AST]:
    """Names that a module defines or imports at its top level; of overloads the last, which holds the docstring."""
    found: dict[str, ast.AST] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            found |= {alias.asname or alias.name: node for alias in node.names}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found[node.name] = node
        elif isinstance(node, ast.Assign):
            found |= {
                part.id: node for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name)
            }
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            found[node.target.id] = node
    if "__getattr__" in found:  # names that a package gives on demand, to stay quick to import
        found |= {
            name: node for name in _public_names(tree) or [] for node in [found["__getattr__"]] if name not in found
        }
    return found
