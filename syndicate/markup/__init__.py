"""Floor 1: bounded parsing of mark-up, visible text, links. Used by every room that reads or re-reads HTML."""
