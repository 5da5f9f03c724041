"""Whether the process lives and whether it can work: asked by whatever keeps it running."""

from __future__ import annotations

import logging

from fastapi import APIRouter, Response
from fastapi.responses import PlainTextResponse

from syndicate.flows.house import House

_log = logging.getLogger(__name__)
_FRESH = {"Cache-Control": "no-store"}


def routes(house: House) -> APIRouter:
    """``/healthz`` and ``/readyz``; neither says anything about what is inside."""
    router = APIRouter()

    @router.api_route("/healthz", methods=["GET", "HEAD"])
    def alive() -> Response:
        return PlainTextResponse("ok\n", headers=_FRESH)

    @router.api_route("/readyz", methods=["GET", "HEAD"])
    def ready() -> Response:
        try:
            house.store.ready()
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the database, the answer is no
            _log.warning("not ready: %s", type(error).__name__)
            return PlainTextResponse("not ready\n", status_code=503, headers={**_FRESH, "Retry-After": "10"})
        return PlainTextResponse("ready\n", headers=_FRESH)

    return router
