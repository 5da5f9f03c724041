"""One publication as an editor reads it: the facts, whose it is, what changed, how each field is known, the text.

Everything here is of the JSON document that ``publications show --json`` prints; nothing is left out there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from syndicate.cli import printing
from syndicate.cli.documents import Document

_LONGEST = 100
_FACTS = ("id", "slug", "outlet", "source", "url", "canonical", "title")
_MORE = ("type", "topics", "language", "licence", "status", "first_seen", "changed", "missing_since")


def publication(whole: Document) -> None:
    """Print all that is known of one."""
    shown = {name: whole[name] for name in _FACTS if name != "canonical" or whole[name] != whole["url"]}
    dates = whole["dates"] if isinstance(whole["dates"], Mapping) else {}
    shown |= {name: _date(dates.get(name)) for name in ("published", "updated")}
    printing.fields(shown | {name: whole[name] for name in _MORE})
    _block("authors", [_author(each) for each in _entries(whole["authors"])])
    printing.group("provenance", whole["provenance"])
    printing.group("terms", whole["terms"])
    _block("headings", [printing.plain(each) for each in _entries(whole["headings"])])
    _block("figures", [line for each in _entries(whole["figures"]) for line in _figure(each)])
    _block("related", [line for each in _entries(whole["related"]) for line in _lead(each)])
    _block("appearances", [_appearance(each) for each in _entries(whole["appearances"])])
    _block("revisions", [line for each in _entries(whole["revisions"]) for line in _revision(each)])
    _block("how it is known", [_evidence(each) for each in _entries(whole["evidence"])])
    _text("summary", whole["summary"])
    _text("text", whole["body_text"])


def _date(moment: object) -> str:
    """A date as exactly as it is known, and the words it was read from."""
    if not isinstance(moment, Mapping):
        return ""
    exact = moment["precision"] == "minute"
    parsed = printing.plain(moment["parsed"])
    shown = parsed if exact else parsed[:10]
    remarks = [] if moment["zone_known"] or not exact else ["zone not told"]
    if moment["raw"] and moment["raw"] not in (moment["parsed"], shown):
        remarks.append(f"from {printing.shortened(moment['raw'], 40)!r}")
    if moment["doubt"]:
        remarks.append(str(moment["doubt"]))
    return f"{shown}  ({'; '.join(remarks)})" if remarks else shown


def _author(author: Document) -> str:
    return f"{author['name']}: {author['bio']}" if author["bio"] else str(author["name"])


def _figure(figure: Document) -> list[str]:
    lines = [printing.plain(figure["src"])]
    lines += [f"    {figure[name]}" for name in ("caption", "alt") if figure[name]][:1]
    return [*lines, f"    credit: {figure['credit']}"] if figure["credit"] else lines


def _lead(lead: Document) -> list[str]:
    day, by = printing.plain(lead["date"])[:10], printing.plain(lead["authors"])
    head = f"{day or '          '}  {lead['title']}" + (f" ({by})" if by else "")
    return [head, f"            {lead['url']}"] if lead["url"] else [head]


def _appearance(appearance: Document) -> str:
    how = str(appearance["how"]).replace("_", " ")
    return f"{printing.plain(appearance['first_seen'])}  {appearance['source']} ({how})  {appearance['url']}"


def _revision(revision: Document) -> list[str]:
    loud = "  (readers should hear of it)" if revision["loud"] else ""
    head = f"{revision['number']}  {printing.plain(revision['when'])}  {revision['title']}{loud}"
    return [head, *(f"     {change['part']}: {change['readable']}" for change in _entries(revision["changes"]))]


def _evidence(evidence: Document) -> str:
    """Which rule said what; what another place said differently stands in brackets."""
    raw = printing.shortened(evidence["raw"], _LONGEST)
    said = f"{evidence['field']}: {raw!r} - {evidence['rule']}, {evidence['place']}"
    return said if evidence["used"] else f"  (but {said})"


def _block(name: str, lines: Sequence[str]) -> None:
    if lines:
        printing.line(f"\n{name}")
    for each in lines:
        printing.line(f"  {each}")


def _text(name: str, text: object) -> None:
    if text:
        printing.line(f"\n{name}")
        printing.paragraphs(str(text))


def _entries(value: object) -> list[Document]:
    return list(value) if isinstance(value, list) else []
