"""A pytest plugin that collects tests once and then runs some of them for each fault.

It connects to `KOTAKU_MUTANTS_SOCKET` and forks for each request, so a fault costs its tests but not
the start of Django and a database. A fault within functions is put into those that are loaded; a
change outside of them takes a new process (`COLD`), because other modules have read it already.
"""

import ast
import gc
import os
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Iterator
from contextlib import closing, suppress
from multiprocessing.connection import Client
from pathlib import Path
from types import CodeType, FunctionType

from _pytest.runner import runtestprotocol

NOTICED, UNNOTICED, COLD = "noticed", "not noticed", "cold"
NO_TESTS, BROKEN = "no tests", "broken"


def pytest_runtestloop(session):
    """Answer requests until the other side hangs up, instead of running the tests."""
    if session.testsfailed:
        raise session.Interrupted("the tests cannot be collected")
    anchor = next(item for item in session.items if "db" in item.fixturenames)
    # What belongs to the session stays: a database with all tables.
    other = next(item for item in session.items if item.path != anchor.path)
    if any(report.failed for report in runtestprotocol(anchor, log=False, nextitem=other)):
        raise session.Interrupted(f"{anchor.nodeid} is red without a fault")
    from django.conf import settings
    from django.db import connections

    connections.close_all()
    database = Path(settings.DATABASES["default"]["NAME"])
    migrated = _content(database)
    with Client(os.environ["KOTAKU_MUTANTS_SOCKET"]) as client, suppress(EOFError):
        client.send("ready")
        while True:
            request = client.recv()
            _restore(database, migrated)
            client.send(_forked(session, anchor, request))
    return True


def _content(database: Path) -> bytes:
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)
        return copy.serialize()


def _restore(database: Path, content: bytes) -> None:
    for path in database.parent.glob(f"{database.name}-*"):
        path.unlink()
    database.write_bytes(content)


def _forked(session, anchor, request) -> tuple[str, str]:
    """Run the tests of a request in a child; return how it ended, and the first red test."""
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.setsid()
        try:
            os.close(reader)
            answer = _answer(session, anchor, request)
        except BaseException:
            answer = BROKEN, traceback.format_exc()[-2000:]
        with suppress(BaseException):
            os.write(writer, "\n".join(answer).encode())
        os._exit(0)
    os.close(writer)
    until = time.monotonic() + request["seconds"]
    while not os.waitpid(child, os.WNOHANG)[0]:
        if time.monotonic() > until:
            os.killpg(child, signal.SIGKILL)
            os.waitpid(child, 0)
            os.close(reader)
            return NOTICED, "a test that never ends"
        time.sleep(0.02)
    with os.fdopen(reader) as said:
        text = said.read()
    return tuple(text.split("\n", 1)) if text else (NOTICED, "the process of the test itself")


def _answer(session, anchor, request) -> tuple[str, str]:
    from django.template.autoreload import reset_loaders

    items = [item for item in session.items if _is_named(item.nodeid, request["tests"])]
    if not items:
        return NO_TESTS, ""
    if not request["file"].endswith(".py"):
        # Some templates were loaded while the tests were collected.
        reset_loaders()
    elif not _put_into_functions(request):
        return COLD, ""
    session._setupstate.teardown_exact(items[0])
    for item, after in zip(items, [*items[1:], anchor], strict=True):
        if any(report.failed for report in runtestprotocol(item, log=False, nextitem=after)):
            return NOTICED, item.nodeid
    return UNNOTICED, ""


def _is_named(nodeid: str, tests: list[str]) -> bool:
    return any(f"{nodeid}/".startswith(tuple(f"{test}{end}" for end in "/:[")) for test in tests)


def _put_into_functions(request) -> bool:
    """Replace the code of the loaded functions of a file; return False if more than that changed."""
    old, new, path = request["old"], request["new"], str(Path(request["file"]).resolve())
    if path not in {getattr(module, "__file__", None) for module in list(sys.modules.values())}:
        # Such as a command: the test reads it from the disk, with the fault.
        return True
    if _outside(old) != _outside(new):
        return False
    before, after = (list(_codes(compile(text, path, "exec"))) for text in (old, new))
    if [each.co_qualname for each in before] != [each.co_qualname for each in after]:
        return False
    fresh_of = {_place(each): fresh for each, fresh in zip(before, after, strict=True)}
    gc.unfreeze()
    is_found = False
    for function in gc.get_objects():
        if type(function) is FunctionType and function.__code__.co_filename == path:
            fresh = fresh_of.get(_place(function.__code__))
            if fresh is None or fresh.co_freevars != function.__code__.co_freevars:
                return False
            function.__code__ = fresh
            is_found = True
    return is_found


def _place(code: CodeType) -> tuple[str, int]:
    return code.co_qualname, code.co_firstlineno


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)


class _WithoutBodies(ast.NodeTransformer):
    def visit_FunctionDef(self, node):
        node.body = []
        return node


def _outside(text: str) -> str:
    """Return what a file says outside of functions; their defaults and decorators belong to it."""
    return ast.dump(_WithoutBodies().visit(ast.parse(text)))
