"""What anybody may read in a browser: the front page, a publication, the web copy of an edition, the style sheet."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response

from syndicate.domain.errors import NotFound
from syndicate.domain.item import Item
from syndicate.domain.publication import Status
from syndicate.flows.house import House
from syndicate.flows.reading import front, page, web_copy
from syndicate.web.conditional import Finished, answer
from syndicate.web.guard import LETTER_POLICY
from syndicate.web.pages import HTML, Pages

NEWEST = 20
"""How many publications the front page lists."""

_NOMINAL = "%Y-%m-%dT%H%MZ"
_READ = ["GET", "HEAD"]


def routes(house: House, pages: Pages) -> APIRouter:
    """The public pages. What the gate withholds is not there (404); what was withdrawn is gone (410)."""
    router = APIRouter()

    @router.api_route("/", methods=_READ)
    def newest(request: Request) -> Response:
        now = house.clock()
        items = front(house, now, NEWEST)
        body = pages.html("index", {"items": items, "feeds": tuple(house.feeds.values()), "formats": house.formats})
        return answer(request, Finished(body=body, media_type=HTML, valid_until=_first_end(items)), now)

    @router.api_route("/publications/{slug}", methods=_READ)
    def publication(slug: str, request: Request) -> Response:
        now = house.clock()
        item = page(house, slug, now)
        if not isinstance(item, Item):
            return pages.error(410 if item.publication.status is Status.WITHDRAWN else 404)
        body = pages.html("publication", {"item": item, "about": about(item)})
        return answer(request, Finished(body=body, media_type=HTML, valid_until=_first_end((item,))), now)

    @router.api_route("/editions/{digest}/{nominal}", methods=_READ)
    def edition(digest: str, nominal: str, request: Request) -> Response:
        now = house.clock()
        body = web_copy(house, digest, _instant(nominal), now).encode()
        headers = {"Cache-Control": "public, no-cache", "Content-Security-Policy": LETTER_POLICY}
        return answer(request, Finished(body=body, media_type=HTML, headers=headers), now)

    @router.api_route("/style.css", methods=_READ)
    def style(request: Request) -> Response:
        finished = Finished(body=pages.style(), media_type="text/css; charset=utf-8")
        return answer(request, finished, house.clock())

    return router


def about(item: Item) -> dict[str, object]:
    """A publication in the words of schema.org; what it is based on and whom to credit go with it everywhere."""
    publication = item.cleared.publication
    described: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": publication.title,
        "url": item.page,
        "datePublished": publication.dated.date().isoformat(),
        "author": [{"@type": "Person", "name": author.name} for author in publication.authors],
        "isBasedOn": [link for link in dict.fromkeys((item.source_link, item.credit.link)) if link],
        "creditText": item.credit.text,
    }
    return {name: value for name, value in described.items() if value}


def _first_end(items: Iterable[Item]) -> datetime | None:
    return min((item.cleared.valid_until for item in items if item.cleared.valid_until), default=None)


def _instant(nominal: str) -> datetime:
    """The nominal time in an address; only the one spelling that we print leads anywhere."""
    try:
        parsed = datetime.strptime(nominal, _NOMINAL).replace(tzinfo=UTC)
    except ValueError:
        parsed = None
    if parsed is None or parsed.strftime(_NOMINAL) != nominal:
        raise NotFound("edition", nominal)
    return parsed
