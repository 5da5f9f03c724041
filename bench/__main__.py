"""``python -m bench``: measure, print, write ``bench/results.json`` and ``bench/results.svg``.

Ratios count; seconds do not travel between machines. A target that is not met is printed as not met.
"""

from __future__ import annotations

import json
import logging
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from html import escape
from pathlib import Path

import httpx2
from premailer import Premailer

from bench.collecting import collecting
from bench.project import DIGEST, NOW, a_house, add_readers
from bench.rows import Row, median_of
from syndicate.domain.delivery import Batch, Submission, cut
from syndicate.domain.letter import personal_html, personal_text
from syndicate.flows.delivering import drain
from syndicate.flows.house import House
from syndicate.flows.lettering import letter_of, recipient_of
from syndicate.flows.pipeline import compose, items_of, prepare, seal
from syndicate.flows.reading import feed_state
from syndicate.render.feeds import FORMATS
from syndicate.testing.mail_api import MailApi

HERE = Path(__file__).parent
READERS = 4000
COMPARED_READERS = 200


@contextmanager
def a_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


def sealing() -> Row:
    """Render, inline and seal twelve items, against premailer alone on the same letter."""
    with a_folder() as folder:
        house = a_house(folder, items=12)
        edition = compose(house, DIGEST, NOW)
        items = items_of(house, edition, NOW)
        digest = house.digests[DIGEST]
        parts = house.letters.seal(edition, digest, items)
        letter = parts.html([segment.item for segment in parts.segments])
        ours = median_of(lambda: house.letters.seal(edition, digest, items), 9)
        inliner = median_of(
            lambda: Premailer(
                letter, keep_style_tags=True, disable_validation=True, cssutils_logging_level=logging.CRITICAL
            ).transform(),
            9,
        )
        return Row(
            "seal an edition of 12 items", ours * 1000, "ms", "premailer alone", inliner * 1000, "50 ms", ours <= 0.050
        )


def preparing() -> Row:
    """Freeze, order and cut an audience and store its batches, against the rate that Ghost reports."""
    with a_folder() as folder:
        house = a_house(folder, items=2)
        edition = compose(house, DIGEST, NOW)
        parts = seal(house, edition.id, NOW)
        people = list(range(1, 200_001))
        items = [segment.item for segment in parts.segments]
        began = time.perf_counter()
        batches = [
            Batch(delivery=0, number=n, variant=1, language="en", ids=ids, not_before=NOW)
            for n, ids in enumerate(cut(people, 500), start=1)
        ]
        house.store.deliveries.prepare(edition.id, 1, "postmark", batches, {1: items}, NOW)
        rate = len(people) / (time.perf_counter() - began)
        return Row(
            "prepare 200,000 recipients (cut, pack, store)",
            rate,
            "recipients/s",
            "Ghost, as it reports",
            4200.0,
            "200,000/s on SQLite",
            rate >= 200_000,
        )


def delivering() -> Row:
    """Deliver personalised letters to a batch mail API with the ledger, against rendering and posting one by one."""
    with a_folder() as folder:
        box = folder / "api"
        box.mkdir()
        with MailApi(box, token="a-token") as api:
            api.set_script({"send_weighted": [{"do": "accept", "weight": 1, "after_ms": 20}]})
            house = a_house(folder, items=8, api=api.url)
            add_readers(house, READERS)
            edition = compose(house, DIGEST, NOW)
            seal(house, edition.id, NOW)
            delivery = prepare(house, edition.id, house.clock())
            began = time.perf_counter()
            drain(house)
            ours = READERS / (time.perf_counter() - began)
            sums = house.store.deliveries.sums(delivery.id)
            assert sums.sent == READERS, sums
            theirs = one_by_one(house, api.url)
        return Row(
            f"deliver {READERS:,} letters, joined locally, ledger included",
            ours,
            "letters/s",
            "render and post one by one",
            theirs,
            "8,000/s",
            ours >= 8000,
        )


def one_by_one(house: House, url: str) -> float:
    """What most senders do: for each reader, fill the letter in, post it, go on."""
    edition = house.store.editions.find(DIGEST)[0]
    digest = house.digests[DIGEST]
    parts = house.store.editions.sealed(edition.id, "en")
    items = [segment.item for segment in parts.segments]
    ids = list(house.store.deliveries.audience(DIGEST))[:COMPARED_READERS]
    letter = letter_of(house, edition, digest, parts, items)
    began = time.perf_counter()
    with httpx2.Client(headers={"X-Postmark-Server-Token": "a-token"}) as client:
        for reader in ids:
            person = recipient_of(house, house.store.subscribers.get(reader), DIGEST)
            entry = {
                "From": letter.sender,
                "To": person.address,
                "Subject": letter.subject,
                "HtmlBody": personal_html(letter.html, person.values),
                "TextBody": personal_text(letter.text, person.values),
                "Metadata": {"key": f"bench/{reader}", "entry": str(reader)},
                "MessageStream": "broadcast",
            }
            client.post(f"{url}/email/batch", content=json.dumps([entry])).raise_for_status()
    return len(ids) / (time.perf_counter() - began)


def joining() -> Row:
    """Bodies of batch calls, against the standard library's JSON of letters filled in one by one."""
    with a_folder() as folder:
        house = a_house(folder, items=8)
        add_readers(house, 200)
        edition = compose(house, DIGEST, NOW)
        parts = seal(house, edition.id, NOW)
        letter = letter_of(house, edition, house.digests[DIGEST], parts, [s.item for s in parts.segments])
        people = tuple(
            recipient_of(house, house.store.subscribers.get(i), DIGEST)
            for i in list(house.store.deliveries.audience(DIGEST))[:50]
        )
        submission = Submission(key="bench/1/1/1", letter=letter, recipients=people)
        ours = len(people) / median_of(lambda: house.mailer.compile(submission), 15)

        def plainly() -> str:
            return json.dumps(
                [
                    {"HtmlBody": personal_html(letter.html, p.values), "TextBody": personal_text(letter.text, p.values)}
                    for p in people
                ]
            )

        theirs = len(people) / median_of(plainly, 15)
        kilobytes = len(letter.html.encode()) // 1000
        return Row(
            f"join letters of {kilobytes} KB into calls",
            ours,
            "letters/s",
            "str.replace and json.dumps",
            theirs,
            "-",
            None,
        )


def feeding() -> Row:
    """One feed of fifty items in three formats, against the Atom format alone."""
    with a_folder() as folder:
        house = a_house(folder, items=50)
        state = feed_state(house, house.feeds["all"], NOW)
        ours = median_of(lambda: [render(state) for render in FORMATS.values()], 7)
        atom = median_of(lambda: FORMATS["atom"](state), 7)
        return Row("render a feed of 50 items, three formats", ours * 1000, "ms", "Atom alone", atom * 1000, "-", None)


def picture(rows: list[Row]) -> str:
    """The ratios as bars, drawn by hand so that the file needs nothing to be looked at."""
    height, bars = 34, []
    longest = max(max(r.ratio, 1 / r.ratio if r.ratio else 1) for r in rows)
    for n, row in enumerate(rows):
        times = row.ratio if row.unit.endswith("/s") else 1 / row.ratio if row.ratio else 0
        width = max(2, 300 * times / longest)
        y = 40 + n * height
        bars.append(
            f'<text x="10" y="{y}" font-size="12">{escape(row.work)}</text>'
            f'<rect x="10" y="{y + 5}" width="{width:.0f}" height="10" fill="#2b6777"/>'
            f'<text x="{width + 16:.0f}" y="{y + 14}" font-size="11">{times:.2f} x {escape(row.against)}</text>'
        )
    total = 50 + len(rows) * height
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="640" height="{total}" font-family="sans-serif">'
        f'<rect width="640" height="{total}" fill="#fff"/><text x="10" y="20" font-size="14" font-weight="bold">'
        f"Faster than its comparison, in the same run</text>{''.join(bars)}</svg>\n"
    )


def measured(*, quick: bool) -> Iterator[Row]:
    """Every row, as soon as it is there; ``quick`` collects from a tenth of the outlets."""
    for measure in (sealing, preparing, joining, delivering, feeding):
        yield measure()
    yield from collecting(100, 1000) if quick else collecting()


def main() -> int:
    quick = "--quick" in sys.argv[1:]
    rows = []
    for row in measured(quick=quick):
        rows.append(row)
        verdict = "" if row.met is None else "met" if row.met else "NOT MET"
        print(
            f"{row.work}: {row.measured:,.1f} {row.unit}; {row.against}: {row.compared:,.1f}; "
            f"ratio {row.ratio:.2f}; target {row.target} {verdict}",
            flush=True,
        )
    machine = {"python": platform.python_version(), "machine": platform.machine()}
    told = {"machine": machine, "rows": [{**asdict(r), "ratio": round(r.ratio, 3)} for r in rows]}
    (HERE / "results.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    (HERE / "results.svg").write_text(picture(rows), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
