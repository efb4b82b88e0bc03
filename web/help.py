"""Help pages: written in Markdown beside the core, shown here."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from finance_kit import resources
from web.access import public

__all__ = ["blueprint", "page_of"]

blueprint = Blueprint("help", __name__, url_prefix="/help")

_TOPIC: Final = re.compile(r"[a-z0-9-]{1,60}")


@blueprint.get("/")
@public
def index() -> ResponseReturnValue:
    """Every topic."""
    topics = [(path.stem, _page(path.stem)[0]) for path in resources.help_pages()]
    return render_template("help/index.html", topics=topics)


@blueprint.get("/<topic>")
@public
def page(topic: str) -> ResponseReturnValue:
    """One topic."""
    known = {path.stem for path in resources.help_pages()}
    if not _TOPIC.fullmatch(topic) or topic not in known:
        abort(404)
    title, body = _page(topic)
    return render_template("help/page.html", title=title, body=body)


@lru_cache(maxsize=64)
def _page(topic: str) -> tuple[str, Markup]:
    return page_of(resources.help_page(topic).read_text(encoding="utf-8"))


def page_of(text: str) -> tuple[str, Markup]:
    """Title and body of a page in Markdown. It is the program's own; even so, HTML in it is shown, not obeyed."""
    from markdown_it import MarkdownIt

    title, _, rest = text.partition("\n")
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(rest)
    # What is wider than a telephone scrolls in a box of its own, which a keyboard can reach.
    html = html.replace("<pre>", '<pre tabindex="0">')
    html = html.replace("<table>", '<div class="scroll" tabindex="0" role="group"><table>')
    html = html.replace("</table>", "</table></div>")
    return title.lstrip("# "), Markup(html)  # noqa: S704 - made from files of the package with HTML switched off
