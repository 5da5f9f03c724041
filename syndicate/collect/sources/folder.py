"""A folder of files: saved pages (.html, .htm) and flattened texts (.txt). The tame source: no network, no account."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from syndicate.collect.entries import Document, Entry, ReadPiece, Unreadable
from syndicate.collect.identify import with_own_canonicals
from syndicate.collect.tools import Tools
from syndicate.domain.collecting import Found, Spoiled, Trouble, Unchanged, Visit, VisitResult
from syndicate.domain.publication import Reading

_PAGES = frozenset({".html", ".htm"})
_TEXTS = frozenset({".txt"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    path: Path
    name: str
    octets: int
    changed: int


async def visit(visit: Visit, tools: Tools) -> VisitResult:
    """Read every file of the folder, unless none changed since the last visit."""
    folder = Path(unquote(urlsplit(visit.source.url).path))
    files = await asyncio.to_thread(_files, folder, tools.options.items)
    if isinstance(files, Trouble):
        return files
    state = hashlib.sha256(repr([(str(f.path), f.octets, f.changed) for f in files]).encode()).hexdigest()
    if state == visit.bookmark.etag:
        return Unchanged(etag=state)
    readings: list[Reading] = []
    spoiled: list[Spoiled] = []
    for file in files:
        read = await _read(visit, tools, file)
        if isinstance(read, Reading):
            readings.append(read)
        else:
            spoiled.append(Spoiled(where=str(file.path), problem=f"{file.path} {read.problem}"))
    return Found(readings=with_own_canonicals(readings), seen=len(files), etag=state, spoiled=tuple(spoiled))


def _files(folder: Path, most: int) -> list[_File] | Trouble:
    """The folder's files, by name; what is hidden or of another kind is left out."""
    try:
        found = []
        for path in sorted(folder.rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if path.suffix.lower() in _PAGES | _TEXTS and path.is_file() and not hidden:
                facts = path.stat()
                found.append(
                    _File(
                        path=path,
                        name=path.relative_to(folder).as_posix(),
                        octets=facts.st_size,
                        changed=facts.st_mtime_ns,
                    )
                )
    except OSError as error:
        return Trouble(problem=f"{folder} cannot be read ({error.strerror}); check path and permissions")
    if not folder.is_dir():
        return Trouble(problem=f"{folder} is not a folder; create it or mend the source's path")
    return found[:most]


async def _read(visit: Visit, tools: Tools, file: _File) -> Reading | Unreadable:
    if file.octets > tools.options.octets:
        return Unreadable(problem=f"is larger than {tools.options.octets} octets, which is more than is read")
    try:
        octets = await asyncio.to_thread(file.path.read_bytes)
    except OSError as error:
        return Unreadable(problem=f"cannot be read ({error.strerror}); check its permissions")
    url = file.path.as_uri()
    document = Document(url=url, body=octets, flattened=file.path.suffix.lower() in _TEXTS)
    entry = Entry(link="", guid=file.name, place="file name")
    read = await tools.readers.read(
        ReadPiece(entry=entry, outlet=visit.outlet.name, now=tools.now.timestamp(), document=document)
    )
    return read if isinstance(read, Reading | Unreadable) else Unreadable(problem="was read as something else")
