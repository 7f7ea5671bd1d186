"""`python -m whoholds`."""

from whoholds.cli import main

main()
