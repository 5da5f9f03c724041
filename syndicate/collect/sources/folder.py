"""A folder of files: saved pages, Markdown and flattened texts. The tame source: no network, no account.

What may be read is a plain file inside the folder: no link that leads out of it, no device, nothing too large. What is
refused is named. A publication whose file is gone, or has changed, is told of when its turn to be looked at comes.
"""

from __future__ import annotations

import asyncio
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote, urlsplit

from syndicate.collect.entries import Document, Entry, Listing, ReadList, ReadPiece, Unreadable
from syndicate.collect.identify import with_own_canonicals
from syndicate.collect.markdown import entry_of_markdown
from syndicate.collect.tools import Tools
from syndicate.domain.collecting import (
    Cause,
    Checked,
    Found,
    Look,
    Spoiled,
    Trouble,
    Unchanged,
    Visit,
    VisitResult,
    WatchedPage,
)
from syndicate.domain.publication import Reading
from syndicate.markup.decode import decoded

_PAGES = frozenset({".html", ".htm", ".xhtml"})
_TEXTS = frozenset({".txt"})
_MARKDOWN = frozenset({".md", ".markdown"})
_KNOWN = _PAGES | _TEXTS | _MARKDOWN
_LONGEST_SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """One file to read; ``name`` is its path inside the folder, by which it is known, ``state`` changes as it does."""

    path: Path
    name: str
    octets: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Folder:
    """What is in the folder, and what may not be read."""

    files: Sequence[_File]
    refused: Sequence[Spoiled]

    @property
    def state(self) -> str:
        """Changes whenever a file does."""
        told = [(file.name, file.state) for file in self.files] + [(one.where, one.problem) for one in self.refused]
        return hashlib.sha256(repr(told).encode("utf-8", "surrogateescape")).hexdigest()


async def visit(visit: Visit, tools: Tools) -> VisitResult:
    """Read every file of the folder, unless none changed since the last visit."""
    top = Path(unquote(urlsplit(visit.source.url).path))
    folder = await asyncio.to_thread(_look, top, tools.options.items)
    if isinstance(folder, Trouble):
        return folder
    if folder.state == visit.bookmark.etag:
        return Unchanged(etag=folder.state, checked=await _checked(visit, tools, folder, {}))
    read = {file.name: (file, await _read(visit, tools, file)) for file in folder.files}
    spoiled = [
        Spoiled(where=_shown(file.path), problem=f"{_shown(file.path)} {said.problem}")
        for file, said in read.values()
        if isinstance(said, Unreadable)
    ]
    whole = {name: said for name, (_, said) in read.items() if isinstance(said, Reading)}
    return Found(
        readings=with_own_canonicals(tuple(whole.values())),
        seen=len(folder.files),
        etag=folder.state,
        spoiled=(*spoiled, *folder.refused),
        checked=await _checked(visit, tools, folder, whole),
    )


def parse(task: ReadList) -> Listing:
    """One file of Markdown, as a list of one entry."""
    now = datetime.fromtimestamp(task.now, UTC)
    return Listing(entries=(entry_of_markdown(decoded(task.document.body, task.document.charset), now),))


def _look(folder: Path, most: int) -> _Folder | Trouble:
    """The folder's files, by name; what is hidden or of another kind is left out."""
    try:
        if not folder.is_dir():
            return Trouble(
                problem=f"{folder} is not a folder; create it or mend the source's path", cause=Cause.UNREADABLE
            )
        os.scandir(folder).close()
        home = folder.resolve()
        looked = [_facts(path, folder, home) for path in sorted(_paths(folder))]
    except OSError as error:
        return Trouble(problem=f"{folder} cannot be read ({error.strerror}); check path and permissions")
    files = [each for each in looked if isinstance(each, _File)]
    refused = [each for each in looked if isinstance(each, Spoiled)]
    if len(files) > most:
        problem = f"{folder} holds {len(files)} files, of which {most} are read; split it into several folders"
        refused.append(Spoiled(where=str(folder), problem=problem))
    return _Folder(files=files[:most], refused=refused)


def _paths(folder: Path) -> Iterator[Path]:
    """Every path of a known kind that is not hidden; links to folders are not followed, so there is an end."""
    for top, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(top, n) for n in names if not n.startswith(".") and Path(n).suffix.lower() in _KNOWN)


def _facts(path: Path, folder: Path, home: Path) -> _File | Spoiled:
    """What is known of a file without reading it, or why it is not read."""
    name = path.relative_to(folder).as_posix()
    try:
        name.encode("utf-8")
        if not path.resolve().is_relative_to(home):
            return _refused(path, "leads out of the folder, so it is not read; copy the file into it")
        facts = path.stat()
    except UnicodeEncodeError:
        return _refused(path, "has a name that is no UTF-8, so it is not read; rename the file")
    except (OSError, RuntimeError) as error:
        return _refused(path, f"cannot be read ({getattr(error, 'strerror', None) or 'a link to itself'}); mend it")
    if not stat.S_ISREG(facts.st_mode):
        return _refused(path, "is no plain file (a device, pipe or folder), so it is not read; remove it")
    return _File(path=path, name=name, octets=facts.st_size, state=f"{facts.st_size}-{facts.st_mtime_ns}")


def _refused(path: Path, why: str) -> Spoiled:
    return Spoiled(where=_shown(path), problem=f"{_shown(path)} {why}")


def _shown(path: Path) -> str:
    """A path as it may be printed and stored, whatever its octets are."""
    return str(path).encode("utf-8", "backslashreplace").decode("utf-8", "replace")


async def _read(visit: Visit, tools: Tools, file: _File) -> Reading | Unreadable:
    if file.octets > tools.options.octets:
        return Unreadable(problem=f"is larger than {tools.options.octets} octets, which is more than is read")
    try:
        octets = await asyncio.to_thread(_octets, file.path, tools.options.octets)
    except OSError as error:
        return Unreadable(problem=f"cannot be read ({error.strerror}); check its permissions")
    kind = file.path.suffix.lower()
    document = Document(url=file.path.as_uri(), body=octets, flattened=kind in _TEXTS)
    entry = Entry(link="", guid=file.name, place="file name")
    if kind in _MARKDOWN:
        marked = await _marked_down(document, tools)
        if isinstance(marked, Unreadable):
            return marked
        return await _piece(visit, tools, replace(marked, guid=file.name), None)
    return await _piece(visit, tools, entry, document)


def _octets(path: Path, most: int) -> bytes:
    """The file, of which no more is read than may be, for it may have grown; a pipe in its place holds nobody up."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - the descriptor is open already
        return stream.read(most)


async def _marked_down(document: Document, tools: Tools) -> Entry | Unreadable:
    task = ReadList(kind="folder", document=document, recipe=None, most=1, now=tools.now.timestamp())
    read = await tools.readers.read(task)
    if isinstance(read, Listing) and read.entries:
        return read.entries[0]
    return read if isinstance(read, Unreadable) else Unreadable(problem="was read as something else")


async def _piece(visit: Visit, tools: Tools, entry: Entry, document: Document | None) -> Reading | Unreadable:
    page = visit.source.page if document is not None else None
    task = ReadPiece(entry=entry, outlet=visit.outlet.name, now=tools.now.timestamp(), document=document, page=page)
    read = await tools.readers.read(task)
    return read if isinstance(read, Reading | Unreadable) else Unreadable(problem="was read as something else")


async def _checked(visit: Visit, tools: Tools, folder: _Folder, read: dict[str, Reading]) -> tuple[Checked, ...]:
    """Another look at known publications, by the name of their file. What is refused now is not gone."""
    files = {file.name: file for file in folder.files}
    return tuple([await _checked_one(visit, tools, page, files.get(page.guid), read) for page in visit.watched])


async def _checked_one(
    visit: Visit, tools: Tools, page: WatchedPage, file: _File | None, read: dict[str, Reading]
) -> Checked:
    top = Path(unquote(urlsplit(visit.source.url).path))
    if file is None:
        there = await asyncio.to_thread(os.path.lexists, top / page.guid) if page.guid else False
        problem = f"{_shown(top / page.guid)} is there and is not read any more"
        look = Look.FAILED if there else Look.MISSING
        return Checked(publication=page.publication, look=look, problem=problem if there else "")
    if file.state == page.etag:
        return Checked(publication=page.publication, look=Look.SAME, etag=file.state)
    said = read.get(file.name) or await _read(visit, tools, file)
    if isinstance(said, Unreadable):
        return Checked(publication=page.publication, look=Look.FAILED, problem=f"{_shown(file.path)} {said.problem}")
    return Checked(publication=page.publication, look=Look.READ, reading=said, etag=file.state)
