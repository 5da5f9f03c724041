"""A look at octets before any parser gets them: what no honest document holds and parsers choke on."""

from __future__ import annotations

import re

from syndicate.collect.entries import Unreadable

LONGEST_TAG = 64 * 1024
_CANDIDATE = re.compile(rb"<[A-Za-z][^<>]{%d}[^<>]*" % LONGEST_TAG)
_QUOTED = re.compile(rb"=\s*(?:\"[^\"]*\"|'[^']*')")


def trouble_in(octets: bytes) -> Unreadable | None:
    """Why ``octets`` are not parsed at all, or None.

    One tag longer than 64 KiB, quoted values not counted (pictures are put there as data), is two hundred thousand
    attributes: minutes of work for feed parsers. Linear in the size.
    """
    if len(octets) <= LONGEST_TAG:
        return None
    for found in _CANDIDATE.finditer(octets):
        if len(_QUOTED.sub(b"", found[0])) > LONGEST_TAG:
            return Unreadable(problem=f"has a tag longer than {LONGEST_TAG // 1024} KiB, so it is not read")
    return None
