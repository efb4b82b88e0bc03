"""``python -m finance_kit``: the command line where the ``finance-kit`` script is not on the path."""

from finance_kit.cli.main import main

if __name__ == "__main__":
    main()
