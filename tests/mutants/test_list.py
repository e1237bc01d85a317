"""The list of faults keeps up with the code; `make mutants` puts the faults in."""

import tomllib

from tests.mutants.faults import ROOT, read_list, what_is_wrong
from tests.mutants.generated import SETTINGS, generated


def test_every_fault_can_still_be_put_in():
    """No fault runs here: each text is found once in its file, and each named test exists."""
    assert [wrong for fault in read_list() if (wrong := what_is_wrong(fault))] == []


def test_every_pure_rule_gets_generated_faults():
    """A new file of rules is tried too, and an accepted fault is still among the generated ones."""
    settings = tomllib.loads(SETTINGS.read_text())
    tried = {name for rule in settings["rules"] for name in rule["files"]}
    rules = {str(path.relative_to(ROOT)) for path in (ROOT / "areas" / "rules").glob("[!_]*.py")}
    assert rules - tried == set()
    accepted = {
        (each["file"], each["line"], each["after"]) for each in settings.get("accepted", [])
    }
    assert len(accepted) == sum(bool(fault.reason) for fault in generated(0))
