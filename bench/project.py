"""A project to be measured: invented publications, as many readers as asked for, a mail API on loopback."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from syndicate.domain.provenance import Kind, Provenance
from syndicate.domain.publication import Moment, Reading
from syndicate.domain.subscriber import Consent, Subscriber
from syndicate.flows.house import House
from syndicate.settings import load
from syndicate.wiring import build, upgrade

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
DIGEST = "weekend"

_CONFIG = """
[site]
title = "The Reader"
url = "https://reader.example.org"
postal_address = "1 Sample Street"
[web]
secret = "not a secret, a benchmark"
[store]
url = "sqlite:///bench.db"
[[outlets]]
id = "saltmarsh"
name = "Saltmarsh Institute"
url = "https://saltmarsh.example/"
[[feeds]]
id = "all"
title = "Everything"
[[digests]]
id = "weekend"
title = "The Weekend"
language = "en"
[mail]
provider = "postmark"
from = "The Reader <reader@example.org>"
[mail.postmark]
token = "a-token"
base_url = "{api}"
"""

_SENTENCES = (
    "Every harbour is a quarrel with a river.",
    "The river brings silt, the tide leaves it, and somebody has to take it out again.",
    "In forty small harbours that somebody is, more often than not, a bake sale.",
    "Harbour dues are charged by the metre of boat, and boats are not getting longer.",
    "A fund that is filled in wet years and locked by statute outlasts every change of council.",
)


def readings(count: int) -> list[Reading]:
    """Publications of some four hundred words, every second one an adapted excerpt."""
    adapted = Provenance(
        kind=Kind.ADAPTED_EXCERPT,
        publisher="The Meridian Review",
        evidence="This is an adapted excerpt from an article originally published by The Meridian Review.",
    )
    own = Provenance(kind=Kind.ORIGINAL, publisher="Saltmarsh Institute")
    text = " ".join(_SENTENCES)
    return [
        Reading(
            url=f"https://saltmarsh.example/{n}",
            title=f"What the tide brings, part {n}",
            provenance=adapted if n % 2 else own,
            published=Moment(raw="", parsed=NOW),
            body_text="\n\n".join([text] * 6),
            body_html="".join(f"<p>{text}</p>" for _ in range(6)),
        )
        for n in range(1, count + 1)
    ]


def a_house(folder: Path, *, items: int, api: str = "http://127.0.0.1:9", more: str = "") -> House:
    """A project with ``items`` publications and nobody to read them yet; ``more`` are further settings."""
    config = folder / "syndicate.toml"
    config.write_text(_CONFIG.format(api=api) + more, "utf-8")
    settings = load(config, environment={})
    upgrade(settings)
    house = build(settings)
    house.store.publications.keep("feed", "saltmarsh", readings(items), baseline=False, now=NOW)
    return house


def add_readers(house: House, count: int) -> None:
    """``count`` confirmed readers at three receiving domains, through the door everybody uses."""
    consent = Consent(digest=DIGEST, act="imported", at=NOW, where="bench", words="a benchmark", basis="a benchmark")
    for n in range(count):
        host = f"example.{('org', 'net', 'com')[n % 3]}"
        person = Subscriber(id=0, address=f"r{n}@{host}", domain=host)
        house.store.subscribers.confirm(
            house.store.subscribers.ask(person, [DIGEST], "weekly", consent).id, [DIGEST], consent
        )
