"""The command line: `whoholds read`, `ground`, `explain` and `gazetteer`.

Results go to standard output, problems to standard error. This module and `app` import little, so that help and usage errors
come at once; the rest is imported when a command runs.
"""

from whoholds.cli.app import app, main

__all__ = ["app", "main"]
