"""What works from a checkout works from the wheel, in an environment where nothing of the checkout is in reach."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ALLOWED_BUNDLE = re.compile(
    r"finance_kit/_bundled/(templates/(CONTRACT|README)\.md|templates/docx/[a-z0-9_]+\.docx"
    r"|sample_plans/(offers/)?[a-z0-9-]+\.(yaml|md)|sample_plans/README\.md)"
)
ALLOWED_PACKAGE = re.compile(
    r"finance_kit/(py\.typed|([a-z0-9_]+/|LC_MESSAGES/)*[A-Za-z0-9_-]+\.(py|yaml|json|md|pot|po|mo))"
)
ALLOWED_PAGES = re.compile(
    r"web/(([a-z0-9_]+/)*[a-z0-9_]+\.(py|html|css|js|svg)|static/vendor/([a-z0-9-]+/)+[A-Za-z0-9._-]+\.(js|css|woff2|txt)"
    r"|people/data/(common_passphrases|LICENSE)\.txt|static/vendor/VENDORED\.json|translations/web\.pot|translations/[a-z]{2}/LC_MESSAGES/web\.(po|mo))"
)
ALLOWED_ABOUT = re.compile(r"finance_kit-[0-9.]+\.dist-info/(METADATA|WHEEL|RECORD|entry_points\.txt|licenses/LICENSE)")


def _run(*command: str | Path, folder: Path, expect: int = 0, **settings: str | Path) -> str:
    """Standard output of a command run in a folder, with nothing of our own environment on Python's path."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PIP_", "VIRTUAL_ENV"))}
    told = {name: str(value) for name, value in settings.items()}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=kept | told | {"PIP_NO_INDEX": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == expect, f"{command} gave {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def _build(kind: str, source: Path, target: Path) -> Path:
    _run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", target, folder=source)
    (built,) = target.iterdir()
    return built


@pytest.fixture(scope="module")
def wheel(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _build("wheel", root, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def scripts(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of a fresh environment that holds the wheel; libraries are borrowed from ours, after its own."""
    place = tmp_path_factory.mktemp("fresh") / "venv"
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    programs = place / ("Scripts" if os.name == "nt" else "bin")
    _run(
        sys.executable, "-m", "pip", "--python", programs / "python", "install", "--no-deps", wheel, folder=place.parent
    )
    home = _run(
        programs / "python", "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=place.parent
    )
    # A .pth line adds a folder at the end and does not run the .pth files in it: our editable install stays out.
    Path(home.strip(), "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return programs


def test_the_wheel_holds_the_files_of_the_project_and_no_others(wheel: Path, root: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    allowed = (ALLOWED_BUNDLE, ALLOWED_PACKAGE, ALLOWED_PAGES, ALLOWED_ABOUT)
    assert [name for name in names if not any(pattern.fullmatch(name) for pattern in allowed)] == []
    bundled = {name.removeprefix("finance_kit/_bundled/") for name in names if ALLOWED_BUNDLE.fullmatch(name)}
    assert "templates/docx/bank_plan.docx" in bundled
    beside = [*(root / "templates").rglob("*"), *(root / "sample_plans").rglob("*")]
    assert bundled == {path.relative_to(root).as_posix() for path in beside if path.is_file()}


def test_the_source_archive_builds_the_same_wheel(wheel: Path, root: Path, tmp_path: Path) -> None:
    archive = _build("sdist", root, tmp_path / "sdist")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path / "source", filter="data")
    (source,) = (tmp_path / "source").iterdir()
    again = _build("wheel", source, tmp_path / "wheel")
    assert sorted(zipfile.ZipFile(again).namelist()) == sorted(zipfile.ZipFile(wheel).namelist())


def test_the_installed_package_is_the_one_of_the_wheel(scripts: Path, tmp_path: Path, root: Path) -> None:
    program = "import finance_kit.resources as r; print(r.__file__); print(*r.sample_plans(), sep='\\n')"
    for line in _run(scripts / "python", "-c", program, folder=tmp_path).splitlines():
        assert Path(line).is_relative_to(scripts.parent)
        assert not Path(line).is_relative_to(root)


def test_the_installed_command_says_its_version(scripts: Path, tmp_path: Path, root: Path) -> None:
    stated = re.search(r'"(.+)"', (root / "finance_kit/__init__.py").read_text("utf-8").split("__version__", 1)[1])
    assert stated
    assert stated[1] in _run(scripts / "finance-kit", "--version", folder=tmp_path)
    assert stated[1] in _run(scripts / "python", "-m", "finance_kit", "--version", folder=tmp_path)


def test_a_bundled_sample_is_copied_checked_run_and_exported_from_an_empty_folder(
    scripts: Path, tmp_path: Path
) -> None:
    command = scripts / "finance-kit"
    name = "kh-pepper-drying"
    assert name in _run(command, "samples", folder=tmp_path)
    _run(command, "samples", "copy", name, folder=tmp_path)
    _run(command, "check", f"{name}.yaml", folder=tmp_path)
    assert json.loads(_run(command, "run", f"{name}.yaml", "--json", folder=tmp_path))
    _run(command, "export", "docx", f"{name}.yaml", "--output", "plan.docx", folder=tmp_path)
    assert zipfile.ZipFile(tmp_path / "plan.docx").testzip() is None
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{name}.yaml", "plan.docx"]


def test_the_pages_of_the_installed_package_are_whole(scripts: Path, tmp_path: Path, root: Path) -> None:
    program = (
        "import re, web; print(web.__file__)\n"
        "client = web.create_app().test_client()\n"
        "page = client.get('/help/'); print(page.status_code)\n"
        'links = re.findall(r\'(?:src|href)="(/static/[^"]+)"\', page.get_data(as_text=True))\n'
        "print(len(links), {client.get(link).status_code for link in links})\n"
    )
    told = _run(scripts / "python", "-c", program, folder=tmp_path, FINANCE_KIT_DATA=tmp_path)
    place, status, files = told.splitlines()
    assert Path(place).is_relative_to(scripts.parent)
    assert not Path(place).is_relative_to(root)
    assert status == "200"
    assert files.endswith(" {200}")
    assert int(files.split()[0]) >= 5


def test_an_editable_install_finds_what_lies_beside_the_package(root: Path, tmp_path: Path) -> None:
    tree = tmp_path / "checkout"
    ignore = shutil.ignore_patterns("__pycache__")
    for folder in ("finance_kit", "web", "templates", "sample_plans"):
        shutil.copytree(root / folder, tree / folder, ignore=ignore)
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / file, tree / file)
    place = tmp_path / "venv"
    venv.create(place, with_pip=False, symlinks=os.name != "nt")
    python = place / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    borrowed = Path(
        _run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", folder=tmp_path).strip()
    )
    (borrowed / "borrowed.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python)
    _run(*pip, "install", "--no-deps", "--no-build-isolation", "--editable", tree, folder=tmp_path)
    program = "from finance_kit.resources import template; print(template('docx/bank_plan.docx'))"
    assert Path(_run(python, "-c", program, folder=tmp_path).strip()) == tree / "templates/docx/bank_plan.docx"
