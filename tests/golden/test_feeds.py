"""The three formats of one feed, byte for byte as they were agreed.

A change here is a change for every feed reader and every cache: raise ``RENDERER_VERSION`` in ``flows/reading.py``,
write the files anew with ``make golden`` and read the difference before committing it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from syndicate.render.feeds import FORMATS
from tests.unit.feeds.samples import a_state, three_kinds

FOLDER = Path(__file__).with_name("feeds")
STATES = {"everything": three_kinds, "empty": a_state}
DOCUMENTS = [(name, ending) for name in STATES for ending in FORMATS]


def document(name: str, ending: str) -> bytes:
    return FORMATS[ending](STATES[name]()).body


@pytest.mark.parametrize(("name", "ending"), DOCUMENTS)
def test_a_document_is_byte_for_byte_the_one_agreed(name: str, ending: str) -> None:
    agreed = FOLDER / f"{name}.{ending}"
    if os.environ.get("SYNDICATE_GOLDEN") == "rewrite":
        agreed.write_bytes(document(name, ending))
    assert document(name, ending) == agreed.read_bytes()
