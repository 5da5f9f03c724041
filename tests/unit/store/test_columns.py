"""Column types: what goes in comes out with the same meaning, and what has none is refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects import sqlite

from syndicate.store.columns import UtcTime, Words

SQLITE = sqlite.dialect()
NEPAL = timezone(timedelta(hours=5, minutes=45))


def test_a_moment_is_text_of_one_length_that_sorts_as_time_does() -> None:
    moments = [
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(2026, 3, 2, 5, 45, tzinfo=NEPAL),
        datetime(2026, 3, 2, 0, 0, 0, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ]

    stored = [UtcTime().process_bind_param(moment, SQLITE) for moment in moments]

    assert stored[:2] == ["0001-01-01T00:00:00.000000Z", "2026-03-02T00:00:00.000000Z"]
    assert sorted(stored) == stored
    assert {len(text) for text in stored} == {27}
    assert [UtcTime().process_result_value(text, SQLITE) for text in stored] == moments


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        UtcTime().process_bind_param(datetime(2026, 3, 2), SQLITE)


def test_words_keep_everything_that_a_database_takes() -> None:
    assert Words().process_bind_param("Zoë 😀\n", SQLITE) == "Zoë 😀\n"
    assert Words().process_bind_param("a\x00b\ud800c", SQLITE) == "a\ufffdb\ufffdc"
