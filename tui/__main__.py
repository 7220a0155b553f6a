"""`python -m tui` is the `router` command."""

from tui.command_line import run

if __name__ == "__main__":
    run()
