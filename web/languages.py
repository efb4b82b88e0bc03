"""The language of a page: chosen on every page, kept in a cookie, first taken from what the browser asks for.

The switch offers a language once nine in ten texts of the pages and of the core are translated. What no native banker
has read yet is offered as a draft, and only to those who choose it: a browser's wish alone does not bring it up.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, Domain
from flask_babel import get_locale as babel_locale

from finance_kit.i18n.language import share_translated
from web.access import public

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["DRAFTS", "NAMES", "attach", "available", "blueprint", "current_language", "local_path"]

NAMES: Final = {"en": "English", "km": "ភាសាខ្មែរ", "my": "မြန်မာဘာသာ", "th": "ไทย", "vi": "Tiếng Việt"}
"""Languages that the product is meant for, each by its own name."""

DRAFTS: Final = frozenset({"km", "my", "th", "vi"})
"""Languages that were translated with the help of a machine and not read by a native banker."""

ENOUGH: Final = 0.9
"""Share of texts that must be translated, in the pages and in the core each."""

COOKIE: Final = "language"
_CATALOGS: Final = Path(__file__).parent / "translations"
_YEAR: Final = 31_536_000

blueprint = Blueprint("languages", __name__)


def attach(app: Flask) -> None:
    """Set up the catalogs of the pages' own texts; those of the core are read by the core."""
    Babel(app, locale_selector=_select)
    app.before_request(_Texts([str(_CATALOGS)], "web").as_default)  # one for all requests: it keeps what it has read
    app.context_processor(
        lambda: {
            "language": current_language(),
            "languages": {code: NAMES[code] for code in available()},
            "draft_languages": DRAFTS,
        }
    )


@cache
def available() -> tuple[str, ...]:
    """Languages that are translated far enough; English is the language of the texts themselves."""
    return tuple(code for code in NAMES if min(share_translated(code), _share_of_pages(code)) >= ENOUGH)


def _share_of_pages(code: str) -> float:
    return share_translated(code, "web", _CATALOGS)


def current_language() -> str:
    """Code of the language of the page that is being made; asked for hundreds of times a page."""
    locale = babel_locale()
    return locale.language if locale is not None else "en"


class _Texts(Domain):  # type: ignore[misc]
    """The texts of the pages, whose catalog is found by the language alone: a page asks for it hundreds of times."""

    def __init__(self, folders: list[str], name: str) -> None:
        super().__init__(folders, name)
        self._by_code: dict[str, Any] = {}

    def get_translations(self) -> Any:
        """The catalog of the language of the page that is being made."""
        code = current_language()
        if code not in self._by_code:
            self._by_code[code] = super().get_translations()
        return self._by_code[code]


def _select() -> str:
    known = available()
    wanted = request.cookies.get(COOKIE)
    if wanted in known:
        return wanted
    return request.accept_languages.best_match([code for code in known if code not in DRAFTS]) or "en"


@blueprint.post("/language")
@public
def choose() -> ResponseReturnValue:
    """Change the language and come back to the same place."""
    response = redirect(local_path(request.form.get("next", "")), 303)
    wanted = request.form.get("language", "")
    if wanted in available():
        secure = current_app.extensions["finance_kit_config"].tls
        response.set_cookie(COOKIE, wanted, max_age=_YEAR, httponly=True, samesite="Lax", secure=secure)
    return response


def local_path(given: str) -> str:
    """A place on this site, or the first page when what was given could lead anywhere else."""
    plain = given.isprintable() and "\\" not in given
    return given if plain and given.startswith("/") and not given.startswith("//") else "/"
