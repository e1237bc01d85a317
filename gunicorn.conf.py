"""How gunicorn runs the site: `gunicorn kotaku.wsgi`. kotaku/deploy/README.md lists the variables.

A few processes with a few threads each: processes use the processors, threads wait for the
database. Code is loaded once before the processes part, so they share its memory.
"""

import os


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isdecimal() and int(text) else default


processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
# The pages wait for the processor far more than for the database.
workers = _number("WEB_WORKERS", processors + 1)
threads = _number("WEB_THREADS", 4)
preload_app = True
# What stands in front of us is believed where the settings say so, not because it is on this machine;
# nobody says from outside under which path the site lies.
forwarder_headers = ""
secure_scheme_headers = {}
# Nobody steers it from another process.
control_socket_disable = True

# A fresh process now and then, never all of them at once: what leaks cannot pile up.
max_requests = 20_000
max_requests_jitter = 4_000

# An import of 20.000 rows takes seconds; a process that answers nobody for this long is replaced.
timeout = 60
graceful_timeout = 30
# Longer than a proxy keeps its connections (nginx: 60 s), so the proxy is the one to close them.
keepalive = 75

# The processes say that they are alive through a file, which must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112

# The proxy writes the access log; errors go to the journal.
accesslog = None
errorlog = "-"
