"""Values become documents with the names that others rely on."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from syndicate.cli import collected, documents
from syndicate.domain.collecting import Bookmark
from syndicate.domain.outlet import Terms
from syndicate.domain.provenance import Kind, Provenance, UrlKind, original
from syndicate.domain.publication import Appearance, How, Moment, Precision, Revision
from syndicate.flows.collected import Collected
from syndicate.settings.kinds import duration
from syndicate.testing.builders import a_publication, a_source, an_outlet

MOMENT = datetime(2026, 3, 2, tzinfo=UTC)


def test_times_are_rfc_3339_in_utc() -> None:
    east = timezone(timedelta(hours=2))

    assert documents.time(datetime(2026, 3, 2, 1, 30, tzinfo=east)) == "2026-03-01T23:30:00Z"
    assert documents.time(date(2026, 3, 2)) == "2026-03-02"
    assert documents.time(None) is None


@given(st.integers(0, 400_000))
def test_a_span_is_written_as_the_configuration_reads_it(seconds: int) -> None:
    length = timedelta(seconds=seconds)

    assert duration(documents.span(length)) == length


def test_what_an_outlet_wrote_itself_has_no_provenance() -> None:
    assert collected.provenance(original("The Harbour Review")) is None


def test_borrowed_text_says_all_that_is_known() -> None:
    origin = Provenance(
        kind=Kind.CO_PUBLISHED,
        publisher="The Meridian Review",
        url="https://meridian.example/a",
        url_kind=UrlKind.ARTICLE,
        date=date(2026, 2, 1),
    )

    assert collected.provenance(origin) == {
        "kind": "co_published",
        "publisher": "The Meridian Review",
        "author": None,
        "url": "https://meridian.example/a",
        "url_kind": "article",
        "date": "2026-02-01",
        "verdict": "asserted",
        "evidence": None,
    }


def test_a_pass_over_one_source() -> None:
    assert collected.collected(Collected(source="a", status="waiting")) == {
        "source": "a",
        "status": "waiting",
        "new": 0,
        "updated": 0,
        "unchanged": 0,
        "failed": 0,
        "baseline": 0,
        "error": None,
        "notes": [],
        "next_visit": None,
    }


def test_a_source_that_was_never_visited() -> None:
    document = collected.source(a_source(every=timedelta(hours=2)), Bookmark())

    assert (document["every"], document["last_visit"], document["failures"], document["error"]) == ("2h", None, 0, None)


def test_a_day_stays_recognisable_as_a_day() -> None:
    day = Moment(raw="2 March 2026", parsed=datetime(2026, 3, 2, tzinfo=UTC), precision=Precision.DAY, zone_known=False)

    shown = collected.whole_publication(a_publication(published=day), None, (), ())

    assert shown["dates"] == {
        "published": {
            "raw": "2 March 2026",
            "parsed": "2026-03-02T00:00:00Z",
            "precision": "day",
            "zone_known": False,
            "doubt": None,
        },
        "updated": None,
    }


def test_a_whole_publication_is_json() -> None:
    seen = Appearance(source="feed", url="https://x.example/", how=How.SOURCE, first_seen=MOMENT)
    outlet = an_outlet(terms=Terms(embargo=timedelta(hours=2), granted_on=date(2026, 1, 1)))
    whole = collected.whole_publication(
        a_publication(), outlet, [Revision(number=1, at=MOMENT, title="A title")], [seen]
    )

    assert json.loads(json.dumps(whole)) == whole
    assert whole["terms"] == {
        "use": "excerpt",
        "words": 80,
        "images": False,
        "from": None,
        "until": None,
        "embargo": "2h",
        "unsure": "title",
        "canonical": "canonical",
        "granted_by": None,
        "granted_on": "2026-01-01",
    }
