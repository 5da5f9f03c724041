"""The web application: routes over flows, every answer guarded, every error a page that a person can read.

Called by ``server``, the demonstration and tests. What a request can do is what a flow offers; nothing here decides
who may see what. Endpoints are plain functions, which FastAPI runs in threads, so a slow database holds up nobody else.
"""

from __future__ import annotations

import logging
from pathlib import Path

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from syndicate.domain.errors import NotFound
from syndicate.flows.house import House
from syndicate.render.environment import environment
from syndicate.web import archive, feeds, health, subscribe
from syndicate.web.guard import Guard
from syndicate.web.pages import Pages

_log = logging.getLogger(__name__)


def create_app(house: House, templates: Path | None = None) -> FastAPI:
    """Everything under the site's address. ``templates`` is the operator's folder, searched before ours."""
    pages = Pages(house.site, environment(templates))
    app = FastAPI(title=house.site.title, docs_url=None, redoc_url=None, openapi_url=None, redirect_slashes=False)
    app.include_router(archive.routes(house, pages))
    app.include_router(feeds.routes(house))
    app.include_router(subscribe.routes(house, pages))
    app.include_router(health.routes(house))
    _explain_errors(app, pages)
    app.add_middleware(Guard)
    return app


def _explain_errors(app: FastAPI, pages: Pages) -> None:
    """Errors as pages in our own words: what was asked for and what went wrong inside are never repeated."""

    def refused(_request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        headers = error.headers if isinstance(error, HTTPException) else None
        return pages.error(status, headers=headers)

    def nothing_there(_request: Request, _error: Exception) -> Response:
        return pages.error(404)

    def not_understood(_request: Request, _error: Exception) -> Response:
        return pages.error(422)

    def broken(request: Request, _error: Exception) -> Response:
        route = request.scope.get("route")
        _log.error("%s %s failed", request.method, getattr(route, "path", "(no route)"))
        return pages.error(500)

    app.add_exception_handler(HTTPException, refused)
    app.add_exception_handler(NotFound, nothing_there)
    app.add_exception_handler(RequestValidationError, not_understood)
    app.add_exception_handler(Exception, broken)
