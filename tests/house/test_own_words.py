"""The shared samples are their publishers': nothing of theirs stands in the product."""

from __future__ import annotations

import json
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WRITTEN = {".py", ".html", ".txt", ".toml", ".md", ".css", ".j2", ".svg"}
SHIPPED = ("syndicate", "templates", "config", "deploy", "docs", "README.md")
# Names that are ordinary words or places we rightly speak of ourselves.
OURS_TOO = {
    "reuters",
    "ap",
    "afp",
    "dpa",
    "the conversation",
    "original",
    "twitter",
    "linkedin",
    "medium",
    "the editors",
    "github",
    "wired",
    "time",
    "quartz",
    "atlantic",
}


def shipped() -> list[tuple[Path, str]]:
    """Every text file that ships, lower case."""
    texts = []
    for name in SHIPPED:
        top = ROOT / name
        paths = [top] if top.is_file() else sorted(top.rglob("*"))
        texts += [(p.relative_to(ROOT), p.read_text("utf-8").lower()) for p in paths if p.suffix in WRITTEN]
    return texts


def test_no_host_class_selector_or_publisher_of_the_samples_is_in_the_product(world: Path) -> None:
    pages = list((world / "newsroom").rglob("*.html"))
    classes = {
        c for p in pages for group in re.findall(r'class="([^"]+)"', p.read_text("utf-8")) for c in group.split()
    }
    telling = {c for c in classes if "__" in c or "--" in c} | {"127.0.0.1:8765", "38 north", "usip.org"}
    rows = [json.loads(line) for line in (world / "attribution_wordings.jsonl").read_text("utf-8").splitlines()]
    publishers = {str(row.get("publisher") or "").lower() for row in rows}
    telling |= {name for name in publishers if len(name) > 6 and name not in OURS_TOO}

    found = {
        (str(path), name) for path, text in shipped() for name in telling if re.search(rf"\b{re.escape(name)}\b", text)
    }

    assert found == set()


def test_no_sentence_of_the_samples_is_in_the_product(world: Path) -> None:
    rows = [json.loads(line) for line in (world / "attribution_wordings.jsonl").read_text("utf-8").splitlines()]
    sentences = {row["text"].lower() for row in rows if len(row["text"]) > 30}
    seed = [line.strip().lower() for line in (world / "seed.txt").read_text("utf-8").splitlines()]
    sentences |= {line for line in seed if len(line) > 60}

    found = {(str(path), sentence) for path, text in shipped() for sentence in sentences if sentence in text}

    assert found == set()
