"""The files and documents for a server name what there is."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import get_commands

from areas.models.evidence import MAX_FILES
from kotaku.files.uploads import MAX_BYTES

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "kotaku" / "deploy"
TEMPLATE = (DEPLOY / "kotaku.env.template").read_text()
GUIDE = (DEPLOY / "README.md").read_text()
UNITS = sorted(path for path in DEPLOY.iterdir() if path.suffix in (".service", ".timer"))


@pytest.mark.parametrize("name", re.findall(r"^#?([A-Z_]+)=", TEMPLATE, re.MULTILINE))
def test_every_variable_of_the_template_is_a_setting_with_a_row_in_the_guide(name):
    readers = (ROOT / "kotaku" / "settings.py", ROOT / "gunicorn.conf.py")
    assert any(f'"{name}"' in reader.read_text() for reader in readers)
    assert f"`{name}`" in GUIDE


def _with_own_key(line):
    return f"{line[0]}{line[1].lower()}{'k0' * 30}"


def test_the_template_with_its_keys_starts_a_server(tmp_path):
    file = tmp_path / "kotaku.env"
    filled = re.sub("^(SECRET_KEY|TWO_FACTOR_KEYS)=$", _with_own_key, TEMPLATE, flags=re.MULTILINE)
    file.write_text(filled)
    code = "from django.core.management import call_command; call_command('check', deploy=True)"
    result = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {code}"],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "kotaku.settings",
            "KOTAKU_ENV_FILE": str(file),
        },
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert "no issues (0 silenced)" in result.stdout, result.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda path: path.name)
def test_units_run_commands_that_there_are(unit):
    text = unit.read_text()
    commands = re.findall(r"manage\.py ([a-z_]+)", text)
    commands += re.findall(r"kotaku-command@([a-z_]+)\.service", text)
    assert set(commands) - {"i"} <= set(get_commands())
    assert text.startswith(f"# /etc/systemd/system/{unit.name}:")


def test_nginx_lets_five_files_of_evidence_through():
    config = (DEPLOY / "kotaku.nginx.conf").read_text()
    (megabytes,) = re.findall(r"client_max_body_size (\d+)m;", config)
    assert int(megabytes) * 2**20 > MAX_FILES * MAX_BYTES
    assert f"{megabytes} MB" in (DEPLOY / "pages" / "413.html").read_text()


def test_the_guide_makes_every_folder_that_the_site_writes_to():
    written = "".join(unit.read_text() for unit in UNITS) + TEMPLATE
    (line,) = re.findall(r"^adduser .*", GUIDE, re.MULTILINE)
    made = set(re.findall(r"/var/\w+/kotaku", line.split("install -d", 1)[1]))
    assert set(re.findall(r"/var/\w+/kotaku", written)) == made


def test_nginx_has_a_page_for_each_answer_of_its_own():
    config = (DEPLOY / "kotaku.nginx.conf").read_text()
    named = set(re.findall(r"error_page [\d ]+/(\d+\.html)", config))
    assert named == {page.name for page in (DEPLOY / "pages").iterdir()}
    (served,) = re.findall(r"location ~ \^/\(([\d|]+)\)", config)
    assert {f"{status}.html" for status in served.split("|")} == named


def test_nginx_itself_says_who_asks_and_how():
    """A visitor who could choose these would be another one, or locked out in another's place."""
    config = (DEPLOY / "kotaku.nginx.conf").read_text()
    said = dict(re.findall(r"proxy_set_header (\S+) (\S+);", config))
    assert said == {
        "Connection": '""',
        "Host": "$host",
        "X-Forwarded-Proto": "$scheme",
        "X-Forwarded-For": "$remote_addr",
        "X-Request-ID": "$request_id",
    }


def test_nginx_logs_no_address_of_a_page_and_answers_over_tls_alone():
    config = (DEPLOY / "kotaku.nginx.conf").read_text()
    (line,) = re.findall(r"log_format kotaku '(.*)';", config)
    assert not {"$request", "$request_uri", "$uri", "$args", "$http_referer"} & set(line.split())
    plain, secure = config.split("\nserver {")[1:]
    assert "listen 80;" in plain
    assert "proxy_pass" not in plain
    assert re.search(r"location / {\s+return 301 https://", plain)
    assert "listen 443 ssl" in secure


def test_a_server_installs_the_first_section_of_the_requirements():
    whole = (ROOT / "requirements.txt").read_text()
    _heading, site_and_rest = whole.split("\n# == The site ==\n")
    site, _tests_and_tools = site_and_rest.split("\n\n# == Tests and tools ==\n")
    _heading, server = (DEPLOY / "requirements.txt").read_text().split("\n", 1)
    assert server == site + "\n"
    for line in re.findall(r"^[^#\n].*", whole, re.MULTILINE):
        assert re.fullmatch(r"[\w.-]+==[\w.]+", line), line


def _named_file(path):
    """Return the file or folder that the security table means, None where there is none."""
    places = [ROOT / folder / path for folder in ("tests", ".", "kotaku", "kotaku/deploy")]
    return next((place for place in places if place.exists()), None)


def test_the_security_table_names_files_and_tests_that_there_are():
    table = (DEPLOY / "ASVS.md").read_text()
    files = re.findall(
        r"`([\w.-][\w./-]*(?:/|\.(?:py|js|conf|service|timer|template|txt)))`", table
    )
    missing = [path for path in files if _named_file(path) is None]
    content = ""
    for path, name in re.findall(r"`([\w./-]+|…)::(\w+)`", table):
        if path != "…":
            file = _named_file(path)
            content = file.read_text() if file else ""
        if f"def {name}(" not in content:
            missing.append(f"{path}::{name}")
    assert missing == []
    assert len(files) > 100
    assert table.count("::test_") > 100
