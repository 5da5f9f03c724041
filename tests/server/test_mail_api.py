"""The lying mail API: a double is trusted only as far as it is tested."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from syndicate.testing import mail_api_script
from syndicate.testing.mail_api import MailApi
from syndicate.testing.mail_api_script import SENDS, Stage, script_of


def a_message(number: int = 1, **changes: Any) -> dict[str, Any]:
    message = {
        "From": "desk@example.org",
        "To": f'"Reader" <reader{number}@example.org>',
        "Subject": "x",
        "TextBody": "x",
        "MessageStream": "broadcast",
        "Metadata": {"key": "home/1/1/1", "entry": str(number)},
    }
    return message | changes


def ask(api: MailApi, method: str, path: str, content: object = None, token: str = "") -> tuple[int, Any]:
    connection = http.client.HTTPConnection("127.0.0.1", api.port, timeout=10)
    try:
        connection.request(method, path, json.dumps(content), {"X-Postmark-Server-Token": token or api.token})
        response = connection.getresponse()
        return response.status, json.loads(response.read())
    finally:
        connection.close()


def search(api: MailApi, query: str, count: int = 500, offset: int = 0) -> Any:
    return ask(api, "GET", f"/messages/outbound?count={count}&offset={offset}&messagestream=broadcast&{query}")[1]


def test_it_takes_a_repeat_as_a_second_letter(tmp_path: Path) -> None:
    """Otherwise it could not show a mistake."""
    with MailApi(tmp_path) as api:
        ask(api, "POST", "/email/batch", [a_message()])
        ask(api, "POST", "/email/batch", [a_message()])

        assert [(message.key, message.entry, message.to) for message in api.inbox()] == [
            ("home/1/1/1", "1", "reader1@example.org")
        ] * 2


def test_its_inbox_and_its_search_outlive_it(tmp_path: Path) -> None:
    api = MailApi(tmp_path)
    with api:
        ask(api, "POST", "/email/batch", [a_message()])
    with api:
        ask(api, "POST", "/email/batch", [a_message(2)])

        assert [message.entry for message in api.inbox()] == ["1", "2"]
        assert search(api, "metadata_key=home%2F1%2F1%2F1")["TotalCount"] == 2


def test_it_ends_with_the_one_who_started_it(tmp_path: Path) -> None:
    """A test run that is killed leaves no server behind."""
    server = subprocess.Popen(
        [sys.executable, "-m", "syndicate.testing.mail_api", "--while-stdin-is-open", "--inbox", str(tmp_path / "i")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert server.stdout is not None
    assert server.stdout.readline().startswith(b"listening on ")

    server.communicate(timeout=10)

    assert server.returncode == 0


def test_it_lets_nobody_in_without_the_token(tmp_path: Path) -> None:
    with MailApi(tmp_path) as api:
        status, said = ask(api, "POST", "/email/batch", [a_message()], token="another")

        assert (status, said["ErrorCode"]) == (401, 10)
        assert api.inbox() == []


def test_it_searches_the_default_stream_unless_told_otherwise(tmp_path: Path) -> None:
    """As Postmark does: a mailer that forgets its stream finds nothing, and would mail everybody again."""
    with MailApi(tmp_path) as api:
        ask(api, "POST", "/email/batch", [a_message()])

        assert ask(api, "GET", "/messages/outbound?count=10&offset=0")[1]["TotalCount"] == 0
        assert search(api, "")["TotalCount"] == 1


def test_it_lists_page_by_page_newest_first(tmp_path: Path) -> None:
    with MailApi(tmp_path) as api:
        ask(api, "POST", "/email/batch", [a_message(number) for number in range(1, 6)])

        pages = [search(api, "", count=2, offset=offset)["Messages"] for offset in (0, 2, 4)]

        assert [[m["Metadata"]["entry"] for m in page] for page in pages] == [["5", "4"], ["3", "2"], ["1"]]


@pytest.mark.parametrize("page", ["count=501&offset=0", "count=500&offset=9501", "count=0&offset=0", "count=10", ""])
def test_it_refuses_a_page_that_postmark_refuses(tmp_path: Path, page: str) -> None:
    with MailApi(tmp_path) as api:
        assert ask(api, "GET", f"/messages/outbound?{page}")[0] == 422


def test_it_refuses_what_is_not_a_letter_and_takes_the_others(tmp_path: Path) -> None:
    broken = [
        a_message(2, Subject="x\r\nBcc: y@example.org"),
        a_message(3, To="reader3@example.org, reader4@example.org"),
        a_message(4, TextBody=""),
        a_message(5, Metadata={"key": "k" * 81}),
        a_message(6, Headers=[{"Name": "X", "Value": "a\nb"}]),
    ]
    with MailApi(tmp_path) as api:
        _, results = ask(api, "POST", "/email/batch", [a_message(), *broken])

        assert [result["ErrorCode"] for result in results] == [0, 300, 300, 300, 300, 300]
        assert [message.entry for message in api.inbox()] == ["1"]


@pytest.mark.parametrize(("content", "code"), [({}, 402), ([1], 402), ([a_message()] * 501, 410)])
def test_it_refuses_a_call_that_is_not_a_batch(tmp_path: Path, content: object, code: int) -> None:
    with MailApi(tmp_path) as api:
        status, said = ask(api, "POST", "/email/batch", content)

        assert (status, said["ErrorCode"]) == (422, code)
        assert api.inbox() == []


@pytest.mark.world
def test_it_answers_in_the_form_the_provider_documents(world: Path, tmp_path: Path) -> None:
    file = world.parent / "providers" / "postmark.derived.openapi.json"
    if not file.is_file():
        pytest.skip(f"SKIPPED FOR WANT OF THE PROVIDER'S CONTRACT: {file} does not exist")
    parts = json.loads(file.read_text("utf-8"))["components"]

    def check(name: str, content: object) -> None:
        contract = {"components": parts, "$ref": f"#/components/schemas/{name}"}
        jsonschema.Draft202012Validator(contract).validate(content)

    with MailApi(tmp_path, {"codes": {"reader2@example.org": 406}}) as api:
        _, (taken, refused) = ask(api, "POST", "/email/batch", [a_message(), a_message(2)])
        check("SendResponse", taken)
        check("Error", refused)
        check("Message", search(api, "")["Messages"][0])


def test_a_script_is_played_in_order_and_then_by_chance_that_repeats() -> None:
    script = script_of(
        {
            "seed": 3,
            "send": [{"do": "refuse"}],
            "send_weighted": [{"do": "accept", "weight": 3}, {"do": "accept_drop"}],
        }
    )

    one, two = ([stage.next("send").do for _ in range(50)] for stage in (Stage(script), Stage(script)))

    assert one == two
    assert one[0] == "refuse"
    assert set(one[1:]) == {"accept", "accept_drop"}
    assert Stage(script).next("search").do == "accept"


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ({"sends": []}, "a script has no 'sends'"),
        ({"send": [{"do": "explode"}]}, "a step cannot do 'explode'; it can do accept"),
        ({"send": [{"delay": 3}]}, "a step has no 'delay'"),
    ],
)
def test_a_script_with_a_slip_is_refused_by_name(tmp_path: Path, script: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        script_of(script)
    with MailApi(tmp_path) as api, pytest.raises(ValueError, match=said):
        api.set_script(script)


def test_a_server_that_cannot_start_says_where_to_look(tmp_path: Path) -> None:
    api = MailApi(tmp_path, {"send": [{"do": "explode"}]})

    with pytest.raises(RuntimeError, match=r"mail_api\.stderr"):
        api.start()

    assert "it can do accept" in (tmp_path / "mail_api.stderr").read_text()


def test_every_fault_is_described() -> None:
    assert mail_api_script.__doc__ is not None
    assert all(f"``{fault}``" in mail_api_script.__doc__ for fault in SENDS)
