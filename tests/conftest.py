"""What every test shares: where the samples are, and a clock that stands still."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

# A laptop looks for new counter-examples at every run; CI answers the same for the same commit.
settings.register_profile("ci", derandomize=True)
if os.environ.get("CI"):
    settings.load_profile("ci")

ROOT = Path(__file__).resolve().parent.parent
NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    """A Monday at noon."""
    return NOON


@pytest.fixture(scope="session")
def world() -> Path:
    """The shared samples; a test that needs them is skipped loudly where they are absent."""
    folder = Path(os.environ.get("SYNDICATE_WORLD", ROOT.parent / "shared" / "world"))
    if not folder.is_dir():
        pytest.skip(f"SKIPPED FOR WANT OF SAMPLES: {folder} does not exist; set SYNDICATE_WORLD")
    return folder
