"""Asking for mail, confirming and leaving, in a browser and by one-click POST (RFC 8058).

Opening an address changes nothing, ever: mail scanners and previews open every link in a letter. Pressing the button
posts. No cookie, no session, no script; what a page may do stands in its address, signed.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Annotated, assert_never

from fastapi import APIRouter, Depends, Request, Response

from syndicate.domain.digest import Digest, Every
from syndicate.domain.site import Site
from syndicate.domain.subscriber import masked
from syndicate.flows import subscribing
from syndicate.flows.house import House
from syndicate.flows.subscribing import (
    Asked,
    BadAddress,
    Confirmed,
    Confirming,
    Expired,
    NotGenuine,
    NothingChosen,
    Suppressed,
)
from syndicate.web.pages import Pages

_READ = ["GET", "HEAD"]
_MOST_FIELDS = 100
_LONGEST_SHOWN = 254
_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "wed": "Wednesday",
    "thu": "Thursday",
    "fri": "Friday",
    "sat": "Saturday",
    "sun": "Sunday",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """What somebody filled in, as typed; the page shows it again where something has to be mended."""

    email: str = ""
    name: str = ""
    digests: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One digest as the form offers it."""

    id: str
    title: str
    language: str
    what: str
    often: str


async def submitted(request: Request) -> Form:
    """The form of a POST in either encoding that browsers use; a file in it is refused."""
    async with request.form(max_files=0, max_fields=_MOST_FIELDS) as fields:
        words = {name: value for name, value in fields.items() if isinstance(value, str)}
        digests = tuple(value for value in fields.getlist("digest") if isinstance(value, str))
        return Form(email=words.get("email", ""), name=words.get("name", ""), digests=digests)


def routes(house: House, pages: Pages) -> APIRouter:
    """``/subscribe``, ``/confirm/TOKEN`` and ``/unsubscribe/TOKEN``."""
    router = APIRouter()
    _asking(router, house, pages)
    _confirming(router, house, pages)
    _leaving(router, house, pages)
    return router


def consent_words(site: Site) -> str:
    """What a person agrees to by pressing the button; the ledger keeps these very words."""
    return (
        f"Please send me what I have chosen here. {site.title} keeps my address for this and for nothing else, "
        "and every letter lets me leave with one click."
    )


def offers(house: House) -> tuple[Offer, ...]:
    """Every digest: what is in it, and how often it comes."""
    return tuple(
        Offer(id=d.id, title=d.title, language=d.language, what=_what(house, d), often=how_often(d))
        for d in house.digests.values()
    )


def how_often(digest: Digest) -> str:
    """When a digest comes, in words."""
    schedule = digest.schedule
    if schedule is None:
        return "Now and then"
    place = schedule.timezone.rpartition("/")[2].replace("_", " ")
    at = f"at {schedule.at} {'UTC' if place == 'UTC' else place + ' time'}"
    match schedule.every:
        case Every.DAY:
            return f"Every day {at}"
        case Every.WEEK:
            return f"Every {_DAYS[schedule.on or 'mon']} {at}"
        case Every.MONTH:
            return f"Every month on day {schedule.on or '1'} {at}"
    assert_never(schedule.every)


def _what(house: House, digest: Digest) -> str:
    chosen = [o.name for o in house.outlets.values() if not digest.select.outlets or o.id in digest.select.outlets]
    whose = " and ".join([", ".join(chosen[:-1]), chosen[-1]] if len(chosen) > 1 else chosen)
    about = f" on {', '.join(sorted(digest.select.topics))}" if digest.select.topics else ""
    return f"Up to {digest.items} pieces{about}" + (f" from {whose}" if whose else "")


def _asking(router: APIRouter, house: House, pages: Pages) -> None:
    turn = threading.Lock()

    def form(status: int, filled: Form, address_problem: str = "", choice_problem: str = "") -> Response:
        return pages.private(
            "subscribe",
            status,
            offers=offers(house),
            words=consent_words(house.site),
            email=filled.email[:_LONGEST_SHOWN],
            name=filled.name[:_LONGEST_SHOWN],
            chosen=filled.digests,
            address_problem=address_problem,
            choice_problem=choice_problem,
        )

    @router.api_route("/subscribe", methods=_READ)
    def show() -> Response:
        page = form(200, Form())
        del page.headers["X-Robots-Tag"]
        return page

    @router.post("/subscribe")
    def ask(filled: Annotated[Form, Depends(submitted)]) -> Response:
        with turn:  # one after the other, so that the limit of letters to one address cannot be outrun
            said = subscribing.ask(
                house,
                address=filled.email,
                name=filled.name,
                digests=filled.digests,
                words=consent_words(house.site),
                where="/subscribe",
                now=house.clock(),
            )
        match said:
            case Asked(address=address, digests=digests):
                return pages.private("asked", address=address, titles=_titles(house, digests))
            case BadAddress(reason=reason):
                return form(422, filled, address_problem=reason)
            case NothingChosen():
                return form(422, filled, choice_problem="Please choose at least one newsletter.")


def _confirming(router: APIRouter, house: House, pages: Pages) -> None:
    @router.api_route("/confirm/{token}", methods=_READ)
    def show(token: str) -> Response:
        found = subscribing.confirming(house, token, house.clock())
        if isinstance(found, Confirming):
            titles = _titles(house, found.digests)
            return pages.private("confirm", address=masked(found.address), titles=titles)
        return _no_use(house, pages, found)

    @router.post("/confirm/{token}")
    def confirm(token: str) -> Response:
        said = subscribing.confirm(house, token, where="/confirm", now=house.clock())
        if isinstance(said, Confirmed):
            chosen = [offer for offer in offers(house) if offer.id in said.digests]
            return pages.private("confirmed", offers=chosen)
        return _no_use(house, pages, said)


def _leaving(router: APIRouter, house: House, pages: Pages) -> None:
    @router.api_route("/unsubscribe/{token}", methods=_READ)
    def show(token: str) -> Response:
        return pages.private("unsubscribe", leaving=subscribing.leaving(house, token), contact=house.site.contact)

    @router.post("/unsubscribe/{token}")
    def leave(token: str, body: Annotated[bytes, Depends(_body)]) -> Response:
        """Whatever the body says: the link alone is the wish. 200 for every token, and no redirect (RFC 8058)."""
        where = "one-click" if b"One-Click" in body else "/unsubscribe"
        left = subscribing.leave(house, token, where=where, now=house.clock())
        return pages.private("left", leaving=left, contact=house.site.contact)


async def _body(request: Request) -> bytes:
    return await request.body()


def _titles(house: House, digests: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(house.digests[digest].title for digest in digests)


def _no_use(house: House, pages: Pages, why: Expired | NotGenuine | Suppressed) -> Response:
    """A link to confirm that confirms nothing, and what to do instead."""
    match why:
        case Expired():
            message = (
                "Links to confirm work for seven days, and not after you have left. Please ask again: it is quick."
            )
            return pages.error(410, title="This link is no longer good", message=message, again=True)
        case NotGenuine():
            message = "It may have been cut off on its way. Please open it from the letter once more, or ask again."
            return pages.error(404, title="This link is not whole", message=message, again=True)
        case Suppressed():
            reach = f" Write to {house.site.contact} if that has changed." if house.site.contact else ""
            message = "We were told never to write to this address, so we do not." + reach
            return pages.error(409, title="This address gets no mail from us", message=message)
    assert_never(why)
