"""Pages from templates: one place that knows how a page is rendered, what every page may use, and how errors look."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import jinja2
from fastapi import Response
from fastapi.responses import HTMLResponse

from syndicate.domain.site import Site
from syndicate.web.guard import ALWAYS, PRIVATE

HTML = "text/html; charset=utf-8"

_SAID: Mapping[int, tuple[str, str]] = {
    400: (
        "That could not be read",
        "The request was not one that this site understands. Please go back and try again.",
    ),
    404: ("There is nothing here", "The address may be mistyped, or what it led to was never published here."),
    405: ("That does not work here", "This address cannot be used in that way. Please start from the front page."),
    410: ("This is no longer available", "What stood here has been withdrawn, and it will not come back."),
    422: ("That could not be read", "Something in the request was missing or malformed. Please go back and try again."),
    500: ("Something went wrong", "The fault is ours. It has been noted; please try again in a little while."),
    503: ("Not at the moment", "The site is busy or being worked on. Please try again in a little while."),
}
_OTHERWISE = ("That did not work", "Please go back and try again, or start from the front page.")


class Pages:
    """Renders the templates in ``page/`` for one site."""

    def __init__(self, site: Site, templates: jinja2.Environment) -> None:
        """Give every template the site and ``path``, which puts the site's own folder before an address."""
        self._site = site
        self._templates = templates
        self._folder = urlsplit(site.url).path.rstrip("/")

    def html(self, name: str, values: Mapping[str, object]) -> bytes:
        """The finished page ``page/NAME.html.j2``."""
        template = self._templates.get_template(f"page/{name}.html.j2")
        return template.render({"site": self._site, "path": self.path, **values}).encode()

    def private(self, page: str, /, status: int = 200, **values: object) -> Response:
        """A page for one person's eyes: kept by no cache, found by no search engine, told to no other site."""
        return HTMLResponse(self.html(page, values), status_code=status, headers=dict(PRIVATE))

    def error(
        self,
        status: int,
        *,
        title: str = "",
        message: str = "",
        again: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """A page that says what is wrong; ``again`` offers the way to subscribe. Never says what was asked for."""
        usual_title, usual_message = _SAID.get(status, _OTHERWISE)
        values = {"title": title or usual_title, "message": message or usual_message, "again": again}
        # A page about a bug is made outside the guard, so it brings the guard's headers with it.
        sent = {**ALWAYS, **PRIVATE, **(dict(headers) if headers else {})}
        return HTMLResponse(self.html("error", values), status_code=status, headers=sent)

    def style(self) -> bytes:
        """The one style sheet."""
        return self._templates.get_template("page/style.css").render().encode()

    def path(self, path: str) -> str:
        """``path``, which begins with a slash, below the site's own address."""
        return self._folder + path
