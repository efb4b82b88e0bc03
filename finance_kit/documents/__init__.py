"""What a user receives: the Word plan and the tools that write it (see ``docs/adr/0001``).

Nothing is imported here: Word, chart and PDF libraries load only when a document is made.
"""

__all__: list[str] = []
