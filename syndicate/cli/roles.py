"""``run`` and the roles apart: ``serve``, ``worker``, ``clock``. Each works until it is told to stop."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Annotated

import typer

from syndicate.cli import printing
from syndicate.cli.project import Project, log_to_stderr, project_of, stop_on_signals
from syndicate.engine import local
from syndicate.flows.delivering import drain
from syndicate.flows.noticing import deliver_notices

Role = Callable[[threading.Event], None]


def add_to(app: typer.Typer) -> None:
    """Put these commands where people find them."""
    app.command("run")(run)
    app.command("serve")(serve)
    app.command("worker")(worker)
    app.command("clock")(clock)


def run(context: typer.Context) -> None:
    """Clock, web and workers in one process.

    Works until SIGINT or SIGTERM.
    """
    project = project_of(context)
    with project.house.store.delivering():
        pass  # a second `run` on the same file ends here, before its clock or its pages begin
    _work_until_stopped(project, {"worker": _worker(project), "web": _web(project), "clock": _clock(project)})


def serve(context: typer.Context) -> None:
    """Serve pages and feeds.

    Works until SIGINT or SIGTERM.
    """
    project = project_of(context)
    _work_until_stopped(project, {"web": _web(project)})


def worker(
    context: typer.Context,
    drain_only: Annotated[bool, typer.Option("--drain", help="Do what is due, then end.")] = False,
) -> None:
    """Deliver what is prepared.

    Works until SIGINT or SIGTERM; with --drain until every batch has its end.
    """
    project = project_of(context)
    if drain_only:
        _drain(project)
    else:
        _work_until_stopped(project, {"worker": _worker(project)})


def clock(context: typer.Context) -> None:
    """Collect and compose when it is time.

    Editions that are due are sealed and prepared; a worker delivers them. Works until SIGINT or SIGTERM.
    """
    project = project_of(context)
    _work_until_stopped(project, {"clock": _clock(project)})


def _drain(project: Project) -> None:
    house = project.house
    stop = stop_on_signals()
    with house.store.delivering():
        house.store.deliveries.take_over(house.clock())
        notices = deliver_notices(house)
        entered = drain(house, stop)
    printing.remark(f"{notices} notices and {entered} batches were due")


def _work_until_stopped(project: Project, roles: dict[str, Role]) -> None:
    """Run every role in its own thread until a signal; the first that fails stops the others and is raised."""
    project.house  # noqa: B018 - opened here, so that a wrong configuration is told before anything begins
    log_to_stderr()
    stop = stop_on_signals()
    failures: list[BaseException] = []

    def guarded(role: Role) -> None:
        try:
            role(stop)
        except BaseException as error:  # noqa: BLE001 - handed to the main thread
            failures.append(error)
        finally:
            stop.set()

    threads = [threading.Thread(target=guarded, args=(role,), name=name) for name, role in roles.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]


def _worker(project: Project) -> Role:
    return lambda stop: local.work(project.house, stop)


def _web(project: Project) -> Role:
    # Only roles that serve load the web.
    from syndicate.web import create_app  # noqa: PLC0415
    from syndicate.web.server import serve as serve_app  # noqa: PLC0415

    def role(stop: threading.Event) -> None:
        settings = project.settings
        app = create_app(project.house, settings.templates)
        serve_app(app, settings.web.host, settings.web.port, stop, lambda at: printing.remark(f"serving on {at}"))

    return role


def _clock(project: Project) -> Role:
    # Only roles with a clock load the scheduler.
    from syndicate.engine.clock import tell  # noqa: PLC0415

    return lambda stop: tell(project.house, stop)
