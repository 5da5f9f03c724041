"""The outbox: what only a folder can meet."""

from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP
from pathlib import Path

import pytest

from syndicate.deliver.mailers.outbox import Outbox, build
from syndicate.deliver.options import OutboxOptions
from syndicate.domain.delivery import Absent, Accepted, Answer, Busy, InDoubt, Located, Submission
from syndicate.testing.letters import a_letter, a_submission


def an_outbox(folder: Path) -> Outbox:
    return build(OutboxOptions(path=folder))


def sent(mailer: Outbox, submission: Submission) -> Answer:
    return mailer.submit(mailer.compile(submission))


def test_the_same_call_again_is_still_one_letter_and_its_file_is_not_touched(tmp_path: Path) -> None:
    outbox, submission = an_outbox(tmp_path), a_submission(2)
    sent(outbox, submission)
    before = {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in tmp_path.rglob("*.eml")}

    sent(outbox, replace(submission, letter=a_letter(subject="Something else")))

    assert {file: (file.stat().st_mtime_ns, file.read_bytes()) for file in tmp_path.rglob("*.eml")} == before


def test_a_reader_moved_to_a_child_batch_still_has_one_letter_in_a_delivery(tmp_path: Path) -> None:
    """A writer that was frozen and wakes up after others took over cannot make a second one."""
    outbox, submission = an_outbox(tmp_path), a_submission(2)
    install, delivery, *_ = submission.key.split("/")
    sent(outbox, submission)

    sent(outbox, replace(submission, key=f"{install}/{delivery}/9/3"))

    assert len(list(tmp_path.rglob("*.eml"))) == 2


def test_nothing_unfinished_is_left_beside_the_letters(tmp_path: Path) -> None:
    sent(an_outbox(tmp_path), a_submission(2))

    assert {file.suffix for file in tmp_path.rglob("*") if file.is_file()} == {".eml"}


def test_a_letter_cut_off_by_a_kill_is_no_letter(tmp_path: Path) -> None:
    outbox, submission = an_outbox(tmp_path), a_submission(1)
    install, delivery, *_ = submission.key.split("/")
    folder = tmp_path / f"{install}-{delivery}"
    folder.mkdir()
    (folder / ".abc.part").write_bytes(b"From: half a le")

    assert outbox.find(submission) == Absent()
    assert isinstance(sent(outbox, submission), Accepted)
    (letter,) = tmp_path.rglob("*.eml")
    assert message_from_bytes(letter.read_bytes(), policy=SMTP)["To"].addresses[0].addr_spec == "reader1@example.org"


def test_an_outbox_that_cannot_be_written_is_busy_and_says_where(tmp_path: Path) -> None:
    blocked = tmp_path / "outbox"
    blocked.write_text("a file where the folder should be")

    answer = sent(an_outbox(blocked), a_submission())

    assert isinstance(answer, Busy)
    assert str(blocked) in answer.reason


def test_a_key_cannot_lead_out_of_the_outbox(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is not a key"):
        an_outbox(tmp_path).find(a_submission(key="../../etc/1/1"))


def test_a_disk_that_fails_between_two_letters_leaves_doubt(tmp_path: Path) -> None:
    """The first letter is out, so the call was not refused; ``find`` says who is missing."""
    outbox, submission = an_outbox(tmp_path), a_submission(2)
    install, delivery, *_ = submission.key.split("/")
    long = "2" * 300
    letters = replace(
        submission, recipients=(submission.recipients[0], replace(submission.recipients[1], subscriber=int(long)))
    )

    answer = sent(outbox, letters)

    assert isinstance(answer, InDoubt)
    assert outbox.find(letters) == Located(reference=f"{install}-{delivery}", missing=(int(long),))


def test_a_notice_has_a_file_of_its_own_beside_other_notices(tmp_path: Path) -> None:
    outbox = an_outbox(tmp_path)
    for number in (5, 6):
        sent(outbox, a_submission(1, key=f"home/notice/{number}/1"))

    assert sorted(str(file.relative_to(tmp_path)) for file in tmp_path.rglob("*.eml")) == [
        "home-notice/5-1.eml",
        "home-notice/6-1.eml",
    ]
