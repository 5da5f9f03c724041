"""deliver: one letter and its recipients become a call to a mail API, and its answer a value.

``mailers`` holds one file per mail API; ``mime`` writes a letter as an RFC 5322 message; ``segments`` joins it for
one reader. Wiring loads a mailer by name; ``flows/delivering.py`` and ``flows/noticing.py`` call it.
"""
