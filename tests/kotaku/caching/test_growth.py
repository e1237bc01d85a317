"""What a larger installation sets: a replica, a common cache, common storage of evidence.

Each in a process of its own, because settings are read once.
"""

import json
import os
import pickle
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

from kotaku.caching import optional_redis
from kotaku.caching.optional_redis import AWAY_SECONDS, JsonCopies, SpareRedisCache

ROOT = Path(__file__).parent.parent.parent.parent


def run(code, **environment):
    """Run code in the site's shell with these settings; return what it prints, as JSON."""
    finished = subprocess.run(
        [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout.splitlines()[-1])


# The tables as the models are, without the way there: migrations take many seconds.
TABLES = """
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
settings.MIGRATION_MODULES = {config.label: None for config in apps.get_app_configs()}
call_command("migrate", run_syncdb=True, verbosity=0)
"""


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """An SQLite file with all tables, made once: each test takes copies of it."""
    file = tmp_path_factory.mktemp("growth") / "empty.sqlite3"
    run(f"{TABLES}\nprint(1)", DATABASE_URL=f"sqlite:///{file}")
    return file


@pytest.fixture
def database(empty_database, tmp_path):
    """`database(name)`: the URL of a database of this test, with all tables and no rows."""

    def database(name):
        file = tmp_path / f"{name}.sqlite3"
        with closing(sqlite3.connect(empty_database)) as connection:
            connection.execute("VACUUM INTO ?", [str(file)])
        return f"sqlite:///{file}"

    return database


@pytest.fixture
def two_databases(database):
    """The settings of a site with a replica; both databases have a period of their own."""
    found = {"DATABASE_URL": database("utama"), "DATABASE_REPLICA_URL": database("replika")}
    for name, url in zip(("utama", "replika"), found.values(), strict=True):
        run(FILL.replace("SUMBER", name), DATABASE_URL=url)
    return found


FILL = """
from areas.models import Programme
from kotaku.models import Region, User
province = Region.objects.create(code="32", name="Jawa Barat", kind="province")
region = Region.objects.create(code="32.79", name="Banjar", kind="city", parent=province)
Programme.objects.create(
    region=region, name="Dari SUMBER", slug="x", baseline_year=2016, declared_ha=1, source="Uji", is_current=True
)
User.objects.create(username="pemeriksa", role="bappeda", must_change_password=False)
print("1")
"""

LOOK = """
import json
from django.conf import settings
from django.test import Client
from areas.models import Programme
from kotaku.models import User
settings.ALLOWED_HOSTS = ["testserver"]
stranger, signed_in = Client(), Client()
signed_in.force_login(User.objects.get())
def seen(client):
    page = client.get("/").content.decode()
    return [name for name in ("utama", "replika", "baru") if f"Dari {name}" in page]
before = [seen(stranger), seen(stranger), seen(signed_in)]
Programme.objects.update(name="Dari baru")
after = [seen(stranger), seen(signed_in)]
# The replica catches up.
Programme.objects.using("replica").update(name="Dari baru")
print(json.dumps([before, after, seen(stranger), Programme.objects.using("replica").count()]))
"""


def test_strangers_read_the_replica_and_who_is_signed_in_the_database(two_databases):
    found = run(LOOK, **two_databases)
    assert found == [
        [["replika"], ["replika"], ["utama"]],
        [["replika"], ["baru"]],
        ["baru"],
        1,
    ]


WITHOUT = """
import json
from django.conf import settings
from django.db import connections
from django.test import Client
from kotaku.caching import replica
settings.ALLOWED_HOSTS = ["testserver"]
stranger = Client()
def seen():
    page = stranger.get("/?x=" + str(len(answers)))
    answers.append([name for name in ("utama", "replika") if f"Dari {name}" in page.content.decode()])
answers = []
name = connections["replica"].settings_dict["NAME"]
connections["replica"].settings_dict["NAME"] = "/tidak/ada/replika.sqlite3"
seen()
seen()
connections["replica"].settings_dict["NAME"] = name
seen()
# The while is over.
replica.Replica.away_until = 0.0
seen()
print(json.dumps(answers))
"""


def test_while_the_replica_is_away_strangers_read_the_database_itself(two_databases):
    found = run(WITHOUT, **two_databases)
    assert found == [["utama"], ["utama"], ["utama"], ["replika"]]


MIDWAY = """
import json
from django.conf import settings
from django.db import connections
from django.test import Client
from areas.models import Programme
from kotaku.caching import data_version, replica
from kotaku.models import DataVersion
settings.ALLOWED_HOSTS = ["testserver"]
stranger = Client()
def seen():
    page = stranger.get("/").content.decode()
    return [name for name in ("utama", "replika") if f"Dari {name}" in page]
# The while ends between the page's question for the version and those for the rest.
ask = data_version.current
def current():
    found = ask()
    replica.Replica.away_until = 0.0
    return found
replica.Replica.away_until = float("inf")
data_version.current = current
first = seen()
data_version.current = ask
# The replica catches up.
Programme.objects.using("replica").update(name="Dari utama")
versions = DataVersion.objects.using("default").values()
DataVersion.objects.using("replica").all().delete()
for row in versions:
    DataVersion.objects.using("replica").create(**row)
print(json.dumps([first, seen()]))
"""


def test_a_page_is_drawn_from_where_its_version_was_read(two_databases):
    found = run(MIDWAY, **two_databases)
    assert found == [["utama"], ["utama"]]


SIGN_IN = """
import json
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from kotaku.models import User
settings.ALLOWED_HOSTS = ["testserver"]
user = User(username="petugas", must_change_password=False)
user.set_password("kata-sandi-uji-12")
user.save()
client = Client()
client.post("/akun/masuk/", dict(username="petugas", password="kata-sandi-uji-12"))
page = client.get("/akun/")
key = "django.contrib.sessions.cached_db" + client.session.session_key
print(json.dumps([page.status_code, cache.get(key) is not None]))
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(params=["locmem", "redis"])
def cache_url(request, tmp_path):
    """A cache in the process, and a real Redis where the machine has one."""
    program = shutil.which("redis-server")
    if request.param == "locmem" or program is None:
        yield "locmemcache://"
        return
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", tmp_path]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield f"redis://127.0.0.1:{port}/0"
    server.terminate()
    server.wait()


def test_sessions_live_in_the_common_cache(database, cache_url):
    assert run(SIGN_IN, DATABASE_URL=database("sesi"), CACHE_URL=cache_url) == [200, True]


IN_AND_OUT = f"""{SIGN_IN}
from django.contrib.sessions.models import Session
found = [page.status_code, Session.objects.count()]
found += [client.post("/akun/keluar/").status_code, client.get("/akun/").status_code]
print(json.dumps([*found, Session.objects.count()]))
"""


def test_people_come_in_work_and_go_out_while_the_common_cache_is_away(database):
    nobody = f"redis://127.0.0.1:{free_port()}/0"
    assert run(IN_AND_OUT, DATABASE_URL=database("sesi"), CACHE_URL=nobody) == [200, 1, 302, 302, 0]


def test_no_copy_in_the_common_cache_gets_old():
    cache = SpareRedisCache("redis://127.0.0.1/0", {})
    assert cache.get_backend_timeout(14 * 24 * 3600) == AWAY_SECONDS
    assert cache.get_backend_timeout(None) == AWAY_SECONDS
    assert cache.get_backend_timeout(5) == 5


def test_a_cache_that_was_away_is_left_alone_until_its_copies_are_gone(monkeypatch):
    clock = SimpleNamespace(now=1000.0)
    monkeypatch.setattr(optional_redis.time, "monotonic", lambda: clock.now)
    monkeypatch.setattr(optional_redis, "_away_until", {})
    asked = []

    def away(self, *arguments):
        asked.append(clock.now)
        raise RedisError

    monkeypatch.setattr(RedisCache, "get", away)
    monkeypatch.setattr(RedisCache, "set", away)
    cache, another = (SpareRedisCache("redis://127.0.0.1/0", {}) for _ in range(2))
    assert cache.get("kunci", "tidak ada") == "tidak ada"
    for moment in (1000.5, 1000.0 + AWAY_SECONDS - 1):
        clock.now = moment
        another.set("kunci", "nilai")
    assert asked == [1000.0]
    clock.now = 1000.0 + AWAY_SECONDS
    cache.get("kunci")
    assert asked == [1000.0, clock.now]


def test_copies_are_no_code():
    copies = JsonCopies()
    session = {"_auth_user_id": "3", "unsaved_forms": {"/isian/": {"area_ha": ["12,5"]}}}
    assert copies.loads(copies.dumps(session)) == session
    with pytest.raises(ValueError, match="Expecting value"):
        copies.loads(pickle.dumps(session, protocol=0))


def test_evidence_goes_to_a_private_bucket_when_one_is_named():
    show = "import json; from django.conf import settings; print(json.dumps(settings.STORAGES))"
    assert run(show)["default"]["BACKEND"] == "kotaku.files.storage.WholeFiles"
    found = run(show, MEDIA_BUCKET="kotaku", MEDIA_ENDPOINT_URL="http://127.0.0.1:9000")["default"]
    assert found["BACKEND"] == "kotaku.files.bucket.Bucket"
    assert found["OPTIONS"]["endpoint_url"] == "http://127.0.0.1:9000"
    assert found["OPTIONS"]["default_acl"] == "private"
    assert not found["OPTIONS"]["file_overwrite"]
