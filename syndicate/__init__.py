"""syndicate carries publications from the outlets that wrote them to inboxes, feed readers and partners.

It never lets one arrive without its credit. The line: ``collect`` reads sources into publications, ``credit`` finds
where each was born and cuts excerpts, ``render`` makes letters and feeds, ``deliver`` hands letters to a mail API,
and ``store`` keeps all state between the steps. ``flows/pipeline.py`` says in which order; read it first.
"""

__version__ = "0.1.0"
