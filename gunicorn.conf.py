"""Configuration of `gunicorn kotaku.wsgi`. kotaku/deploy/README.md lists the variables.

A few processes use the processors; each has a few threads for waiting on the database. The
code is loaded once before the processes fork, so they share its memory.
"""

import os


def _number(name: str, default: int) -> int:
    text = os.environ.get(name, "")
    return int(text) if text.isdecimal() and int(text) else default


processors = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()

bind = os.environ.get("BIND", "127.0.0.1:8000")
worker_class = "gthread"
# Pages need far more processor time than waiting for the database.
workers = _number("WEB_WORKERS", processors + 1)
threads = _number("WEB_THREADS", 4)
preload_app = True
# Trust no proxy headers here: Django's settings decide which proxies to trust, and no header may
# set the script name.
forwarder_headers = ""
secure_scheme_headers = {}
# No control from other processes.
control_socket_disable = True

# Restart processes from time to time, not all at once, to limit memory leaks.
max_requests = 20_000
max_requests_jitter = 4_000

# Seconds until an unresponsive process is replaced.
timeout = 60
graceful_timeout = 30
# Longer than the proxy's keep-alive (nginx: 60 s), so that the proxy closes connections.
keepalive = 75

# The heartbeat file of each process must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112

# The proxy writes the access log; errors go to the journal.
accesslog = None
errorlog = "-"
