"""Feeds over HTTP: ``/feeds/ID.rss``, ``.atom`` and ``.json``."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from syndicate.domain.errors import NotFound
from syndicate.flows.house import House
from syndicate.flows.reading import feed_document
from syndicate.web.conditional import Finished, answer

_OPEN = {"Access-Control-Allow-Origin": "*"}
"""Feeds are public and no cookie opens more of them, so readers that live in a browser may fetch them."""


def routes(house: House) -> APIRouter:
    """Every configured feed in every format there is."""
    router = APIRouter()

    @router.api_route("/feeds/{name}", methods=["GET", "HEAD"])
    def feed(name: str, request: Request) -> Response:
        feed_id, _, form = name.rpartition(".")
        if feed_id not in house.feeds or form not in house.formats:
            raise NotFound("feed", name)
        now = house.clock()
        document = feed_document(house, feed_id, form, now)
        finished = Finished(
            body=document.body,
            media_type=with_charset(document.media_type),
            updated=document.updated,
            valid_until=document.valid_until,
            headers=_OPEN,
        )
        return answer(request, finished, now)

    return router


def with_charset(media_type: str) -> str:
    """XML over HTTP says its encoding in the header (RFC 7303 section 3); JSON is UTF-8 by definition (RFC 8259)."""
    return f"{media_type}; charset=utf-8" if media_type.endswith("xml") else media_type
