"""The command line: thin commands over :mod:`finance_kit.service`."""
