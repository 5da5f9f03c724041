"""The page that tells how to add a mailer tells the truth: the mailer on it runs."""

from __future__ import annotations

import re
import sys
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import orjson
import pytest

from syndicate.domain.delivery import Busy, Unanswered
from syndicate.flows.house import Mailer
from syndicate.testing.letters import a_recipient, a_submission

PAGE = Path(__file__).resolve().parents[3] / "docs" / "how-to" / "add-a-mailer.md"
IMPORTS = "from dataclasses import dataclass, field\nfrom datetime import timedelta\n"


@pytest.fixture
def pigeon(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The blocks of the page as one module, in their order."""
    options, file = re.findall(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    module = ModuleType("pigeon")
    monkeypatch.setitem(sys.modules, "pigeon", module)
    exec(compile(IMPORTS + options, "options", "exec"), module.__dict__)
    exec(compile(file, "pigeon", "exec"), module.__dict__)
    return module


def test_the_mailer_on_the_page_compiles_one_sound_letter(pigeon: Any) -> None:
    mailer: Mailer = pigeon.build(pigeon.PigeonOptions(token="a-token"))
    submission = a_submission(1)

    (body,) = mailer.compile(submission).parts

    assert orjson.loads(body)["to"] == a_recipient(1).address
    assert mailer.compile(submission) == mailer.compile(submission)
    assert mailer.limits.count == 1


def test_the_mailer_on_the_page_knows_what_never_left(pigeon: Any) -> None:
    options = pigeon.PigeonOptions(token="a-token", base_url="http://127.0.0.1:9", timeout=timedelta(seconds=2))
    mailer: Mailer = pigeon.build(options)

    assert isinstance(mailer.submit(mailer.compile(a_submission(1))), Busy)
    assert isinstance(mailer.find(a_submission(1)), Unanswered)
    assert "a-token" not in repr(options)
