"""Styles, scripts and fonts: small, unchanged, ours."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from urllib.parse import urljoin

from flask.testing import FlaskClient

from tests.web.apps import token
from web.assets import FOLDER, read_assets

VENDOR = FOLDER / "vendor"
FIRST_VISIT = 150 * 1000


def _links(page: str) -> list[str]:
    return re.findall(r'(?:src|href)="(/static/[^"]+)"', page)


def test_what_came_from_elsewhere_is_listed_with_licence_and_unchanged() -> None:
    packages = json.loads((VENDOR / "VENDORED.json").read_text("utf-8"))["packages"]
    listed = {name: digest for package in packages for name, digest in package["files"].items()}
    there = {name: asset.content for name, asset in read_assets(VENDOR).items() if name != "VENDORED.json"}
    assert {name: hashlib.sha256(content).hexdigest() for name, content in there.items()} == listed
    for package in packages:
        assert package["version"]
        assert package["licence"] in {"MIT", "0BSD", "ISC", "OFL-1.1"}
        assert any(name.endswith("LICENSE.txt") for name in package["files"])


def test_a_first_visit_fits_a_slow_telephone(stranger: FlaskClient) -> None:
    page = stranger.get("/help/", headers={"Accept-Encoding": "gzip"})
    size = len(page.data)
    for link in set(_links(gzip.decompress(page.data).decode())):
        size += len(stranger.get(link, headers={"Accept-Encoding": "gzip"}).data)
    assert 20_000 < size < FIRST_VISIT


def test_a_first_visit_in_khmer_or_burmese_fits_with_its_letters(stranger: FlaskClient) -> None:
    page = stranger.get("/help/")
    links = set(_links(page.get_data(as_text=True)))
    plain = sum(len(stranger.get(link, headers={"Accept-Encoding": "gzip"}).data) for link in links)
    for family in ("noto-sans-khmer", "padauk", "noto-sans-thai"):
        fonts = sum(path.stat().st_size for path in (VENDOR / "fonts" / family).glob("*.woff2"))
        assert plain + fonts + 10_000 < FIRST_VISIT


def test_a_file_is_sent_compressed_and_kept_for_a_year(stranger: FlaskClient) -> None:
    (link,) = (link for link in _links(stranger.get("/help/").get_data(as_text=True)) if link.endswith("app.css"))
    packed = stranger.get(link, headers={"Accept-Encoding": "gzip, br"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert "immutable" in packed.headers["Cache-Control"]
    assert packed.content_type == "text/css; charset=utf-8"
    plain = stranger.get(link, headers={"Accept-Encoding": "identity"})
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.data) == plain.data == (FOLDER / "css" / "app.css").read_bytes()


def test_a_file_of_another_version_is_not_kept(stranger: FlaskClient) -> None:
    assert stranger.get("/static/0000/css/app.css").headers["Cache-Control"] == "no-cache"


def test_no_address_leads_out_of_the_folder(stranger: FlaskClient) -> None:
    for name in ("../config.py", "%2e%2e/config.py", "css/../../config.py", "/etc/passwd", "css", "vendor/"):
        assert stranger.get(f"/static/x/{name}").status_code in (308, 404)


def test_every_file_that_a_style_or_script_names_is_there() -> None:
    files = read_assets()
    for name, asset in files.items():
        if name.startswith("vendor/") or not name.endswith((".css", ".js")):
            continue
        text = asset.content.decode()
        named = [*re.findall(r'url\("([^"]+)"\)', text), *re.findall(r'(?:from|import)\s*\(?"(\.[^"]+)"', text)]
        for target in named:
            assert (FOLDER / name).parent.joinpath(target).resolve().is_file(), f"{name}: {target}"


def test_own_scripts_and_styles_name_no_other_site() -> None:
    for name, asset in read_assets().items():
        if not name.startswith("vendor/") and name.endswith((".css", ".js")):
            assert not re.search(rb"https?://|//[a-z]+\.", asset.content), name


def test_the_first_step_of_a_plan_fits_too_with_every_script_it_brings_along(client: FlaskClient) -> None:
    made = client.post("/samples/kh-pepper-drying", headers={"X-CSRFToken": token(client)})
    page = client.get(f"{made.headers['Location']}/steps/products", headers={"Accept-Encoding": "gzip"})
    waiting = set(_links(gzip.decompress(page.data).decode()))
    seen, size = set[str](), len(page.data)
    while waiting - seen:
        link = (waiting - seen).pop()
        seen.add(link)
        size += len(client.get(link, headers={"Accept-Encoding": "gzip"}).data)
        if link.endswith(".js") and "/vendor/" not in link:
            script = client.get(link, headers={"Accept-Encoding": "identity"}).get_data(as_text=True)
            waiting |= {urljoin(link, name) for name in re.findall(r'from "(\.[^"]+)"', script)}
    assert any(link.endswith("idb.js") for link in seen)
    assert size < FIRST_VISIT
