"""postmark: Postmark's batch API (https://postmarkapp.com/developer/api/email-api), joined here, 500 letters a call.

Postmark knows no idempotency key, so every message carries ours as metadata, and a call in doubt is settled by
searching for it. Three things to know of the account: the stream must be a broadcast stream; "Manage unsubscribes on
your own" must be on, or Postmark adds its own link and headers beside ours; and nothing is tracked, whatever the
server's settings say. Error codes are listed at https://postmarkapp.com/developer/api/overview#error-codes.
"""

from __future__ import annotations

import hashlib
import time
import weakref
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx2
import orjson

from syndicate.deliver.headers import checked, display_name, one_line, plain, posted, quoted, sound, unposted
from syndicate.deliver.options import PostmarkOptions
from syndicate.deliver.segments import cut_letter
from syndicate.domain.delivery import (
    Absent,
    Accepted,
    Answer,
    Busy,
    Compiled,
    Entry,
    Fate,
    Finding,
    InDoubt,
    Limits,
    Located,
    Refused,
    Submission,
    Unanswered,
)
from syndicate.domain.letter import Letter

MOST_MESSAGES = 500
MOST_OCTETS = 50_000_000
"""What Postmark takes in one call."""
JOINED_CALL = 5_000_000
"""What we put into one call, so that a worker stays small however long the letters are."""
LONGEST_METADATA = 80
_PAGE = 500
_FARTHEST = 10_000
"""Postmark lists nothing beyond: count + offset may not exceed it."""
_LONGEST_REPLY = 16 * 1024 * 1024

_FOR_NOW = frozenset({100, 429})
"""Codes of a moment: maintenance, rate limit."""
_OF_THE_ACCOUNT = frozenset({10, 400, 401, 405, 412, 413})
"""Codes the operator can mend, none of them the reader's fault: token, sender signature, credits, approval."""
_THEIRS = frozenset({"date"})
"""Headers Postmark writes itself."""
_ADVICE = {
    401: "put the server token of your Postmark server into [mail.postmark] token",
    403: "something in front of Postmark turned the call away; ask Postmark's support, or mend base_url",
    404: "check base_url in [mail.postmark]",
    413: "lower batch in [mail]",
    422: "mend what Postmark names, then send the edition again",
}
_DEFAULT_ADVICE = "check base_url and stream in [mail.postmark]"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reply:
    """What came back: ``content`` is the parsed JSON, or None where there was none."""

    status: int
    headers: Mapping[str, str]
    content: Any

    @property
    def code(self) -> int | None:
        return _code(self.content)

    @property
    def said(self) -> str:
        """Postmark's own words, on one line and short, or that it was no answer of Postmark's."""
        if self.code is None:
            return f"HTTP {self.status}, not in Postmark's form"
        return f"HTTP {self.status}, ErrorCode {self.code}: {one_line(str(self.content.get('Message', '')))[:200]}"


class Postmark:
    """The batch API. One client for all threads; it is closed with the mailer."""

    def __init__(self, options: PostmarkOptions) -> None:
        """Nothing is asked of Postmark until the first call. Proxies from the environment are not used."""
        self.name = "postmark"
        self.limits = Limits(count=MOST_MESSAGES, octets=JOINED_CALL, timeout=options.timeout, settle=options.settle)
        self._stream = plain(options.stream, "stream")
        self._root = options.base_url.rstrip("/")
        self._client = httpx2.Client(
            headers={"X-Postmark-Server-Token": options.token, "Accept": "application/json"},
            timeout=options.timeout.total_seconds(),
            trust_env=False,
            follow_redirects=False,
        )
        weakref.finalize(self, self._client.close)

    def compile(self, submission: Submission) -> Compiled:
        """One part: the JSON array, letters joined from pieces that were escaped once.

        Raises ``ValueError`` for a key longer than Postmark's metadata may be, or a header that would forge.
        """
        body = b"".join(_body(submission, self._stream))
        return Compiled(submission=submission, parts=(body,), body_hash=hashlib.sha256(body).hexdigest())

    def submit(self, compiled: Compiled) -> Answer:
        """Make the call once. Whatever does not say clearly that it was refused is in doubt."""
        submission, body = compiled.submission, compiled.parts[0]
        ids = [recipient.subscriber for recipient, _ in posted(submission)]
        if not ids:
            return Accepted(reference="", entries=unposted(submission))
        if len(body) > MOST_OCTETS:
            reason = f"the call has {len(body)} octets, Postmark takes {MOST_OCTETS}; {_ADVICE[413]}"
            return Refused(reason=reason, ours=True)
        reply = self._call("POST", "/email/batch", body, None)
        if not isinstance(reply, _Reply):
            return reply
        if reply.status == httpx2.codes.OK:
            return _read_results(reply.content, ids, unposted(submission))
        return _read_refusal(reply)

    def find(self, submission: Submission) -> Finding:
        """Search this stream for the key. Only a complete listing says that something is not there."""
        seen: dict[str, Mapping[str, Any]] = {}
        while True:
            page = self._page(submission.key, len(seen))
            if isinstance(page, Unanswered):
                return page
            total, found = page
            before = len(seen)
            seen.update({str(message.get("MessageID")): message for message in found})
            if len(seen) >= total:
                break
            if len(seen) == before or len(seen) >= _FARTHEST:
                return Unanswered(reason=f"Postmark listed {len(seen)} of {total} messages and no more")
        ours = {i: m for i, m in seen.items() if _metadata(m, "key") in (submission.key, None)}
        return _read_listing(submission, ours) if ours else Absent()

    def _page(self, key: str, offset: int) -> tuple[int, list[Mapping[str, Any]]] | Unanswered:
        """One page of the search. Without ``messagestream`` Postmark would search its default stream only."""
        query = {"count": str(_PAGE), "offset": str(offset), "messagestream": self._stream, "metadata_key": key}
        reply = self._call("GET", "/messages/outbound", None, query)
        if not isinstance(reply, _Reply):
            return Unanswered(reason=reply.reason)
        content = reply.content
        if reply.status != httpx2.codes.OK or not isinstance(content, dict):
            return Unanswered(reason=f"Postmark's search says: {reply.said}")
        total, found = content.get("TotalCount"), content.get("Messages")
        if not isinstance(total, int) or not isinstance(found, list) or not all(isinstance(m, dict) for m in found):
            return Unanswered(reason="Postmark's search answered in a form that cannot be read")
        return total, found

    def _call(
        self, method: str, path: str, body: bytes | None, query: Mapping[str, str] | None
    ) -> _Reply | Busy | InDoubt:
        """One call within the time-out as a whole. ``Busy`` only where no byte of it can have arrived."""
        deadline = time.monotonic() + self.limits.timeout.total_seconds()
        headers = {"Content-Type": "application/json"} if body is not None else {}
        try:
            with self._client.stream(
                method, self._root + path, content=body, params=query, headers=headers
            ) as response:
                raw = _bounded(response, deadline)
                return _Reply(status=response.status_code, headers=response.headers, content=_parsed(raw))
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout) as trouble:
            return Busy(reason=f"cannot reach {self._root}: {_why(trouble)}")
        except httpx2.TimeoutException:
            return InDoubt(reason=f"Postmark did not answer within {_seconds(self.limits.timeout)} s")
        except (httpx2.HTTPError, httpx2.StreamError) as trouble:
            return InDoubt(reason=f"the connection to Postmark broke: {_why(trouble)}")


def build(options: PostmarkOptions) -> Postmark:
    """The mailer for ``provider = "postmark"``."""
    return Postmark(options)


def _body(submission: Submission, stream: str) -> Iterator[bytes]:
    letter = submission.letter
    if len(submission.key) > LONGEST_METADATA:
        msg = f"the key {submission.key!r} is longer than Postmark's metadata may be ({LONGEST_METADATA})"
        raise ValueError(msg)
    cut = cut_letter(submission, _in_json)
    common = _common(letter, stream)
    shared = checked(letter.headers)
    stamp = {"key": submission.key, "delivery": submission.key.split("/")[1] if "/" in submission.key else ""}
    for number, (recipient, address) in enumerate(posted(submission)):
        name = display_name(recipient.name)
        in_html, in_text = cut.for_reader(recipient.values)
        headers = [
            {"Name": title, "Value": value}
            for title, value in (*shared, *checked(recipient.headers))
            if title.lower() not in _THEIRS
        ]
        own = {
            "To": f"{quoted(name)} <{address}>" if name else address,
            "Headers": headers,
            "Metadata": {**stamp, "entry": str(recipient.subscriber)},
        }
        yield b"," if number else b"["
        yield from (common[:-1], b",", orjson.dumps(own)[1:-1])
        yield from (b',"HtmlBody":"', *in_html, b'","TextBody":"', *in_text, b'"}')
    yield b"]" if posted(submission) else b"[]"


def _common(letter: Letter, stream: str) -> bytes:
    """What every message of the call says alike, as a JSON object."""
    message = {
        "From": plain(letter.sender, "the sender"),
        "Subject": one_line(letter.subject),
        "MessageStream": stream,
        "TrackOpens": False,
        "TrackLinks": "None",
    }
    if letter.reply_to:
        message["ReplyTo"] = plain(letter.reply_to, "reply_to")
    if letter.tag:
        message["Tag"] = plain(letter.tag, "the tag")
    return orjson.dumps(message)


def _in_json(text: str) -> bytes:
    """Text as it stands between the quotes of a JSON string; a lone surrogate becomes U+FFFD."""
    try:
        return orjson.dumps(text)[1:-1]
    except orjson.JSONEncodeError:
        return orjson.dumps(sound(text))[1:-1]


def _bounded(response: httpx2.Response, deadline: float) -> bytes:
    """The body, within size and time as a whole: a reply that drips must not outlast the lease."""
    taken: list[bytes] = []
    size = 0
    for piece in response.iter_bytes():
        taken.append(piece)
        size += len(piece)
        if size > _LONGEST_REPLY:
            raise httpx2.DecodingError(f"the reply is longer than {_LONGEST_REPLY} octets")
        if time.monotonic() > deadline:
            raise httpx2.ReadTimeout("the reply took too long")
    return b"".join(taken)


def _parsed(raw: bytes) -> Any:
    try:
        return orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None


def _read_results(content: Any, ids: Sequence[int], left_out: tuple[Entry, ...]) -> Answer:
    """The results of a call that was taken, one for each message, in order."""
    codes = [_code(result) for result in content] if isinstance(content, list) else []
    if len(codes) != len(ids) or None in codes:
        return InDoubt(reason=f"Postmark took the call, but gave {len(codes)} results for {len(ids)} letters")
    pairs = zip(ids, content, strict=True)
    entries = tuple(_entry(i, result) for i, result in pairs if _code(result))
    reference = next((str(result["MessageID"]) for result in content if result.get("MessageID")), "")
    return Accepted(reference=reference, entries=(*left_out, *entries))


def _entry(subscriber: int, result: Mapping[str, Any]) -> Entry:
    """A result other than 0: ``later`` where the moment or the account is to blame, else this address is rejected."""
    code = _code(result)
    fate = Fate.LATER if code in _FOR_NOW | _OF_THE_ACCOUNT else Fate.REJECTED
    return Entry(subscriber=subscriber, fate=fate, detail=f"{code}: {one_line(str(result.get('Message', '')))[:200]}")


def _read_refusal(reply: _Reply) -> Answer:
    """An answer other than 200. A 5xx may come after the letters were taken, so it is never a refusal."""
    definite = reply.status // 100 in (3, 4) and reply.status != httpx2.codes.REQUEST_TIMEOUT
    if reply.status == httpx2.codes.TOO_MANY_REQUESTS or (definite and reply.code in _FOR_NOW):
        return Busy(reason=f"Postmark asks to wait: {reply.said}", retry_after=_retry_after(reply.headers))
    if definite:
        advice = _ADVICE.get(reply.status, _DEFAULT_ADVICE)
        # A refusal of the whole call is about token, sender or form, never about its readers: the delivery pauses.
        return Refused(reason=f"Postmark refuses the call: {reply.said}; {advice}", ours=True)
    return InDoubt(reason=f"Postmark's answer says nothing of the letters: {reply.said}")


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds to wait (RFC 9110 section 10.2.3). A date counts from the reply's own Date, so no clock has to agree."""
    said = headers.get("Retry-After", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        wait = parsedate_to_datetime(said) - parsedate_to_datetime(headers.get("Date", ""))
    except (ValueError, TypeError):
        return None
    return max(wait.total_seconds(), 0.0)


def _read_listing(submission: Submission, ours: Mapping[str, Mapping[str, Any]]) -> Located:
    """Who of the call is in a complete listing: by our stamp, and by address where a message has none."""
    stamped = {_metadata(message, "entry") for message in ours.values()}
    addresses = {
        str(address).casefold()
        for message in ours.values()
        if _metadata(message, "entry") is None
        for address in message.get("Recipients") or ()
    }
    missing = tuple(
        r.subscriber
        for r in submission.recipients
        if str(r.subscriber) not in stamped and r.address.casefold() not in addresses
    )
    return Located(reference=next(iter(ours)), missing=missing)


def _metadata(message: Mapping[str, Any], name: str) -> str | None:
    metadata = message.get("Metadata")
    found = metadata.get(name) if isinstance(metadata, dict) else None
    return found if isinstance(found, str) else None


def _code(content: Any) -> int | None:
    found = content.get("ErrorCode") if isinstance(content, dict) else None
    return found if isinstance(found, int) and not isinstance(found, bool) else None


def _why(trouble: Exception) -> str:
    """In words, or by its name where it has none; never long."""
    return one_line(str(trouble))[:200] or type(trouble).__name__


def _seconds(duration: timedelta) -> str:
    return f"{duration.total_seconds():g}"
