"""Fill the database of DATABASE_URL: `python -m tests.bench.prepare VILLAGES REGENCIES YEARS`.

Prints what the measurements need to know, as JSON.
"""

import json
import sys

import django


def main(villages: str, regencies: str, years: str) -> None:
    """Migrate an empty database and build the rows."""
    django.setup()
    from django.core.management import call_command

    from tests.bench.nation import build

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    facts = build(villages=int(villages), regencies=int(regencies), years=int(years))
    sys.stdout.write(json.dumps(facts))


if __name__ == "__main__":
    main(*sys.argv[1:])
