"""The files that come with Finance Kit: Word templates, sample plans, packs.

In an installed wheel, templates and sample plans lie in ``finance_kit/_bundled/``; in a checkout and in an editable
install they lie beside the package. This is the only module that knows the difference. Packs and the line catalogue
are inside the package in every case.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import Final

from finance_kit.errors import FinanceKitError

__all__ = [
    "data",
    "help_page",
    "help_pages",
    "sample_offer",
    "sample_offers",
    "sample_plan",
    "sample_plans",
    "template",
]

_PACKAGE: Final = Path(__file__).resolve().parent
_HOMES: Final = (_PACKAGE / "_bundled", _PACKAGE.parent)


def template(name: str) -> Path:
    """The template with this name below ``templates/``, such as ``docx/bank_plan.docx``.

    Raises
    ------
    FinanceKitError : ``resource_missing``, with the templates that there are
    """
    folder = _folder("templates")
    known = [path.relative_to(folder).as_posix() for path in _files(folder, "*")]
    if name not in known:  # a name from this list cannot lead out of the folder
        raise _missing("template", name, known)
    return folder / name


def sample_plans() -> list[Path]:
    """Every sample plan that comes with the package, in the order of their names.

    Raises
    ------
    FinanceKitError : ``resource_folder_missing`` when the installation is incomplete
    """
    return [path for path in _files(_folder("sample_plans"), "*.yaml") if path.parent.name != "offers"]


def sample_plan(name: str) -> Path:
    """The sample plan with this name, with or without ``.yaml`` (``kh-pepper-drying``).

    Raises
    ------
    FinanceKitError : ``resource_missing``, with the names of the sample plans that there are
    """
    wanted = name.removesuffix(".yaml")
    plans = sample_plans()
    for path in plans:
        if path.stem == wanted:
            return path
    raise _missing("sample plan", name, [path.stem for path in plans])


def sample_offers() -> list[Path]:
    """Every file of sample loan terms, in the order of their names.

    Raises
    ------
    FinanceKitError : ``resource_folder_missing`` when the installation is incomplete
    """
    return _files(_folder("sample_plans") / "offers", "*.yaml")


def sample_offer(name: str) -> Path:
    """The sample loan terms with this name, with or without ``.yaml``.

    Raises
    ------
    FinanceKitError : ``resource_missing``, with the names that there are
    """
    offers = {path.stem: path for path in sample_offers()}
    if (wanted := name.removesuffix(".yaml")) in offers:
        return offers[wanted]
    raise _missing("sample of loan terms", name, list(offers))


def help_pages(language: str = "en") -> list[Path]:
    """Every help page of a language, in the order of their names."""
    return _files(_PACKAGE / "help" / language, "*.md")


def help_page(topic: str, language: str = "en") -> Path:
    """The help page of a topic.

    Raises
    ------
    FinanceKitError : ``resource_missing``, with the topics that there are
    """
    pages = {path.stem: path for path in help_pages(language)}
    if topic in pages:
        return pages[topic]
    raise _missing("help page", topic, list(pages))


def data(*parts: str) -> Path:
    """The file or folder with this path below ``finance_kit/data``: ``data("countries", "kh.yaml")``.

    Raises
    ------
    FinanceKitError : ``resource_missing``, with what lies in the folder that was asked for
    """
    root = _PACKAGE / "data"
    wanted = PurePosixPath(*parts)
    if parts and _stays_below(wanted):
        folder = root / wanted.parent
        known = sorted(path.name for path in folder.iterdir() if path.name[0] not in "._~") if folder.is_dir() else []
        if wanted.name in known:
            return root / wanted
    else:
        known = []
    raise _missing("data file", str(wanted), known)


def _folder(name: str) -> Path:
    """The folder of this name in the wheel's bundle or, failing that, beside the package."""
    for home in _HOMES:
        if (home / name).is_dir():
            return home / name
    raise FinanceKitError("resource_folder_missing", name=name)


def _files(folder: Path, pattern: str) -> list[Path]:
    """Files below a folder in the order of their names, without hidden files and lock files of office programs."""
    return sorted(path for path in folder.rglob(pattern) if path.is_file() and path.name[0] not in ".~")


def _stays_below(path: PurePosixPath) -> bool:
    """Whether a relative path cannot lead out of the folder it is joined to."""
    return not path.is_absolute() and ".." not in path.parts and "\\" not in str(path) and ":" not in str(path)


def _missing(kind: str, name: str, known: list[str]) -> FinanceKitError:
    """The error that names what there is instead."""
    return FinanceKitError("resource_missing", kind=kind, name=name, known=", ".join(known) or "-")
