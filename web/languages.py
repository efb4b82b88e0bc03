"""The language of a page: chosen on every page, kept in a cookie, first taken from what the browser asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, current_app, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import Babel, get_babel
from flask_babel import get_locale as babel_locale

from web.access import public

if TYPE_CHECKING:
    from flask import Flask

__all__ = ["NAMES", "attach", "available", "blueprint", "current_language", "local_path"]

NAMES: Final = {"en": "English", "km": "ភាសាខ្មែរ", "my": "မြန်မာဘာသာ", "th": "ไทย", "vi": "Tiếng Việt"}
"""Languages that the product is meant for, each by its own name."""

COOKIE: Final = "language"
_YEAR: Final = 31_536_000

blueprint = Blueprint("languages", __name__)


def attach(app: Flask) -> None:
    """Set up catalogs: our own pages' (``web``) first, then the core's."""
    app.config.setdefault("BABEL_DOMAIN", "web")
    Babel(app, locale_selector=_select)
    app.context_processor(
        lambda: {"language": current_language(), "languages": {code: NAMES[code] for code in available()}}
    )


def available() -> tuple[str, ...]:
    """Languages with a catalog; English needs none, it is the language of the texts themselves."""
    found = {str(locale) for locale in get_babel().instance.list_translations()}
    return tuple(code for code in NAMES if code == "en" or code in found)


def current_language() -> str:
    """Code of the language of the page that is being made."""
    return str(babel_locale() or "en")


def _select() -> str:
    known = available()
    wanted = request.cookies.get(COOKIE)
    return wanted if wanted in known else request.accept_languages.best_match(known) or "en"


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
