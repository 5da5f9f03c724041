"""Bringing subscribers over from elsewhere, on a real store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from syndicate.domain.subscriber import Standing, carries_control
from syndicate.domain.tokens import keyed_hash
from syndicate.flows.house import House
from syndicate.flows.importing import RowStatus, import_rows
from syndicate.flows.subscribing import leave
from syndicate.testing.builders import NOON
from syndicate.testing.house import SECRET, a_house
from tests.unit.flows.readers import DIGESTS, asks, leave_token, person, standings


@pytest.fixture
def house(tmp_path: Path) -> House:
    return a_house(tmp_path, digests=DIGESTS)


def a_row(**changes: str) -> dict[str, str]:
    values = {
        "email": "reader@example.org",
        "name": "A Reader",
        "language": "en",
        "timezone": "Europe/Berlin",
        "digests": "weekly",
        "topics": "",
        "cadence": "weekly",
        "consent_basis": "paper form",
        "consent_at": "2025-05-01T09:00:00+02:00",
    }
    return values | changes


def test_a_row_with_its_consent_goes_in_confirmed_with_basis_and_time(house: House) -> None:
    (result,) = import_rows(house, [a_row()], NOON)
    assert (result.row, result.email, result.status, result.why) == (1, "reader@example.org", RowStatus.IMPORTED, "")
    assert standings(house) == {"weekly": Standing.CONFIRMED}
    confirmed = person(house).consents[-1]
    assert (confirmed.basis, confirmed.at) == ("paper form", datetime(2025, 5, 1, 7, 0, tzinfo=UTC))
    assert person(house).subscriber.timezone == "Europe/Berlin"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"email": "reader@example.org\nBcc: x@example.org"}, "line break"),
        ({"email": ""}, "needed"),
        ({"consent_basis": " "}, "consent_basis is empty"),
        ({"digests": ""}, "name at least one of weekly, morning"),
        ({"digests": "weekly;hourly"}, "no digest is called 'hourly': write one of weekly, morning"),
        ({"cadence": "daily"}, "weekly goes out weekly"),
        ({"consent_at": "last May"}, "not a time"),
        ({"consent_at": "2031-01-01"}, "in the future"),
        ({"timezone": "Mars/Olympus"}, "Mars/Olympus"),
        ({"timezone": "../../etc/passwd"}, "not one we know"),
    ],
)
def test_a_row_that_cannot_go_in_is_named_and_spoils_no_other(house: House, changes: dict[str, str], says: str) -> None:
    bad, good = import_rows(house, [a_row(**changes), a_row(email="other@example.org")], NOON)
    assert (bad.row, bad.status) == (1, RowStatus.REJECTED)
    assert says in bad.why
    assert not carries_control(bad.email + bad.why)
    assert (good.row, good.status) == (2, RowStatus.IMPORTED)


def test_a_file_from_a_spreadsheet_with_a_mark_and_short_rows_is_read(house: House) -> None:
    row = {"\ufeffEmail": "reader@example.org", "Digests": "weekly; morning ;", "consent_basis": "web form"}
    (result,) = import_rows(house, [row], NOON)
    assert result.status is RowStatus.IMPORTED
    assert standings(house) == {"weekly": Standing.CONFIRMED, "morning": Standing.CONFIRMED}


def test_an_address_twice_in_a_file_is_reported(house: House) -> None:
    _, second = import_rows(house, [a_row(), a_row(email="READER@example.org", digests="morning")], NOON)
    assert second.status is RowStatus.SKIPPED
    assert "same address as row 1" in second.why


def test_importing_again_changes_nothing(house: House) -> None:
    import_rows(house, [a_row()], NOON)
    before = person(house)
    (again,) = import_rows(house, [a_row()], NOON)
    assert again.status is RowStatus.UNCHANGED
    assert person(house) == before


def test_an_import_does_not_bring_back_somebody_who_left(house: House) -> None:
    import_rows(house, [a_row()], NOON)
    leave(house, leave_token(house, person(house).subscriber.id), where="one-click", now=NOON)
    skipped, partly = import_rows(house, [a_row(), a_row(digests="weekly;morning")], NOON)
    assert (skipped.status, partly.status) == (RowStatus.SKIPPED, RowStatus.SKIPPED)
    (partly,) = import_rows(house, [a_row(digests="weekly;morning")], NOON)
    assert partly.status is RowStatus.IMPORTED
    assert "left weekly before" in partly.why
    assert standings(house) == {"weekly": Standing.LEFT, "morning": Standing.CONFIRMED}


def test_a_stranger_who_asks_for_somebody_who_left_does_not_open_the_way_for_an_import(house: House) -> None:
    import_rows(house, [a_row()], NOON)
    leave(house, leave_token(house, person(house).subscriber.id), where="one-click", now=NOON)
    asks(house)
    (result,) = import_rows(house, [a_row()], NOON)
    assert result.status is RowStatus.SKIPPED
    assert standings(house) == {"weekly": Standing.PENDING}


def test_an_import_does_not_bring_back_a_suppressed_address(house: House) -> None:
    house.store.subscribers.suppress(keyed_hash(SECRET, "reader@example.org"), "complaint", NOON)
    (result,) = import_rows(house, [a_row()], NOON)
    assert result.status is RowStatus.SKIPPED
    assert "suppressed" in result.why


def test_topics_that_a_row_names_are_said_to_be_left_behind(house: House) -> None:
    (result,) = import_rows(house, [a_row(topics="Coast;Harbour")], NOON)
    assert result.status is RowStatus.IMPORTED
    assert "topics were not taken over" in result.why
