"""`python -m router`."""

from router.cli.main import run

run()
