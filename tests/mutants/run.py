"""Put faults into copies of the tree, one at a time, and see whether the tests notice them.

`python -m tests.mutants.run`, or `make mutants`; the table goes to mutants.txt too. A fault counts as
noticed if one of the tests that it names fails. Apart from the tests, because it takes an hour.
"""

import argparse
import queue
import shutil
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path

from tests.mutants.copies import Answer, Copy
from tests.mutants.faults import ROOT, Fault, read_list, what_is_wrong
from tests.mutants.generated import generated

REPORT = ROOT / "mutants.txt"
# Of 100 faults so many must be noticed, in the list and among the generated ones.
AIM_PERCENT = 95
# All named tests without a fault, on a busy machine.
CLEAN_SECONDS = 3600
# Every process of tests begins with one that uses the database, and then one that does not.
FIRST_FILES = ("tests/areas/totals/test_series.py", "tests/test_deploy.py")


def choose() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="a group or a path, such as areas_public")
    parser.add_argument("--kind", choices=("all", "list", "generated"), default="all")
    parser.add_argument("--sample", type=int, default=400, help="generated faults; 0: all")
    parser.add_argument("--workers", type=int, default=2, help="copies side by side")
    parser.add_argument("--without-browser", action="store_true", help="no tests in Chromium")
    return parser.parse_args()


def main() -> int:
    """Run, print the table, and return 1 if the aim is missed."""
    options, started = choose(), time.monotonic()
    faults = read_list(options.only) if options.kind != "generated" else []
    if wrong := list(filter(None, map(what_is_wrong, faults))):
        sys.exit("\n".join(wrong))
    if options.kind != "list":
        faults += generated(options.sample, options.only)
    if options.without_browser:
        faults = [fault for fault in faults if not fault.needs_browser]
    faults = [fault for fault in faults if fault.tests]
    if not faults:
        sys.exit(f"No fault begins with {options.only!r}.")
    folder = Path(tempfile.mkdtemp(prefix="kotaku-mutants-"))
    try:
        answers = put_all_in(faults, folder, options.workers)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    report = "\n".join([*table(answers), f"{(time.monotonic() - started) / 60:.0f} minutes"])
    REPORT.write_text(f"{report}\n")
    sys.stdout.write(f"{report}\n")
    return 0 if is_reached(answers) else 1


def put_all_in(faults: list[Fault], folder: Path, workers: int) -> dict[Fault, Answer]:
    """Put in each fault, in several copies side by side; print a line for each."""
    copies = [Copy(folder / str(number)) for number in range(workers)]
    waiting, answers, failed = queue.SimpleQueue(), {}, []
    for fault in faults:
        waiting.put(fault)

    def work(copy):
        try:
            copy.warm_up(_files(faults))
            while not failed:
                fault = waiting.get_nowait()
                answer = copy.notices(fault, fault.tests)
                if not answer.is_noticed and fault.more_tests:
                    answer = copy.notices(fault, fault.more_tests)
                answers[fault] = answer
                said = answer.test if answer.is_noticed else "NOT NOTICED"
                sys.stdout.write(f"{fault.name}: {said}\n")
                sys.stdout.flush()
        except queue.Empty:
            pass
        except BaseException as error:
            failed.append(error)
        finally:
            copy.stop()

    be_green_without(faults, copies[0])
    threads = [threading.Thread(target=work, args=[copy]) for copy in copies]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return {fault: answers[fault] for fault in faults}


def be_green_without(faults: list[Fault], copy: Copy) -> None:
    """End the program when a named test is red without any fault: it would prove nothing."""
    for browser in (False, True):
        chosen = [fault for fault in faults if fault.needs_browser == browser]
        tests = sorted({test for fault in chosen for test in (*fault.tests, *fault.more_tests)})
        if not tests:
            continue
        answer = copy.run(tuple(tests), browser=browser, seconds=CLEAN_SECONDS)
        if answer.is_noticed:
            sys.exit(f"{answer.said}\nRed without any fault: {answer.test}")


def _files(faults: list[Fault]) -> set[str]:
    tests = {test for fault in faults for test in (*fault.tests, *fault.more_tests)}
    files = {test.partition("::")[0] for test in tests}
    return {*FIRST_FILES, *(file for file in files if not file.startswith("tests/browser/"))}


def table(answers: dict[Fault, Answer]) -> list[str]:
    """Return the lines of the report: a row per group, then what was not noticed."""
    groups = defaultdict(list)
    for fault, answer in answers.items():
        groups[fault.group].append(answer.is_noticed)
    lines = [f"{'faults in':40} tried noticed"]
    for group, found in sorted(groups.items()):
        lines.append(f"{group:40} {len(found):5} {sum(found):7}")
    all_found = [answer.is_noticed for answer in answers.values()]
    lines.append(f"{'together':40} {len(all_found):5} {sum(all_found):7}")
    for fault, answer in answers.items():
        if not answer.is_noticed:
            lines.append(f"not noticed: {fault.name}: {fault.why}")
            lines.append(f"    {fault.reason or 'NO REASON GIVEN'}")
        elif fault.reason:
            lines.append(f"noticed now, take its reason away: {fault.name} by {answer.test}")
    return lines


def is_reached(answers: dict[Fault, Answer]) -> bool:
    """Whether enough faults were noticed, and each other one has a reason."""
    for is_generated in (False, True):
        found = [
            answer.is_noticed
            for fault, answer in answers.items()
            if (fault.place is not None) == is_generated
        ]
        if sum(found) * 100 < AIM_PERCENT * len(found):
            return False
    return all(answer.is_noticed or fault.reason for fault, answer in answers.items())


if __name__ == "__main__":
    sys.exit(main())
