"""A collector without manners, to see that the suite tells: all at once, each time, whole, under a false name.

It knows how to unpack gzip, follows redirects and remembers what it saw. Called as
``rude_collector.py FOLDER URL...``; prints titles.
"""

from __future__ import annotations

import gzip
import json
import sys
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from xml.etree import ElementTree as ET


def titles_of(url: str) -> list[str]:
    request = urllib.request.Request(url, headers={"User-Agent": "Mozilla/5.0", "Accept-Encoding": "gzip"})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            body = response.read()
            if response.headers.get("Content-Encoding") == "gzip":
                body = gzip.decompress(body)
        return [str(item.findtext("title")) for item in ET.fromstring(body).iter("item")]
    except (OSError, EOFError, ET.ParseError):
        return []


def main() -> None:
    memory = Path(sys.argv[1]) / "titles.json"
    held: list[str] = json.loads(memory.read_text()) if memory.exists() else []
    with ThreadPoolExecutor(8) as threads:
        for titles in threads.map(titles_of, sys.argv[2:]):
            held += [title for title in titles if title not in held]
    memory.write_text(json.dumps(held))
    print("\n".join(held))


main()
