#!/usr/bin/env python
"""Django's command line, with settings errors told in one sentence."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    from portal.env import SettingsError

    try:
        from django.core.management import execute_from_command_line

        execute_from_command_line(sys.argv)
    except SettingsError as error:
        sys.exit(f"Cannot start: {error}")


if __name__ == "__main__":
    main()
