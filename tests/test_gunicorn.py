"""The application server takes its configuration, and loads the site with it."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent


def settings_of(**environment):
    """Return what gunicorn makes of the configuration file, as it prints it."""
    finished = subprocess.run(
        [sys.executable, "-m", "gunicorn", "--print-config", "kotaku.wsgi"],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    pairs = (line.split("=", 1) for line in finished.stdout.splitlines() if "=" in line)
    return {name.strip(): value.strip() for name, value in pairs}


def test_the_site_loads_under_gunicorn_as_configured():
    found = settings_of(WEB_WORKERS="3", WEB_THREADS="nonsense", BIND="127.0.0.1:8123")
    assert (found["workers"], found["threads"]) == ("3", "4")
    assert found["bind"] == "['127.0.0.1:8123']"
    assert (found["worker_class"], found["preload_app"]) == ("gthread", "True")
    assert int(found["max_requests"]) > int(found["max_requests_jitter"]) > 0
