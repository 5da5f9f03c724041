"""Floor 6: what browsers, feed readers and mailbox providers reach. ``create_app`` makes it, ``server`` serves it."""

from syndicate.web.app import create_app

__all__ = ["create_app"]
