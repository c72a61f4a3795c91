"""Change the core, one thing at a time, and tell which changes no test notices: `python -m tests.mutants retry`.

Without words all modules of `targets.TESTS` are changed, else those whose path holds one of the words, in their order.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from hashlib import sha256

from hypothesis import HealthCheck, Phase, settings

from tests.mutants.measuring import Reach, measure, read_reach
from tests.mutants.mutations import Mutation, mutations_of
from tests.mutants.results import LEAST, Row, Survivor, read_rows, share, unexplained, write
from tests.mutants.running import Outcome, fresh_job_of, in_a_process, job_of, outcomes_of, run_fresh, run_swapped
from tests.mutants.targets import ROOT, Target, targets


def reach_of(tests: tuple[str, ...]) -> Reach:
    """Measure what tests reach in all modules that are theirs."""
    group = [target for target in targets() if target.tests == tests]
    place = ROOT / f".coverage-mutants-{_checksum(group)}.json"
    if not place.is_file():
        in_a_process(lambda: measure(group, place))
    return read_reach(place)


def _checksum(group: list[Target]) -> str:
    """Another one where a module or a test is another: then it is measured anew."""
    places = [ROOT / test for test in group[0].tests]
    tests = [file for place in places for file in (sorted(place.rglob("*.py")) if place.is_dir() else [place])]
    texts = (file.read_bytes() for file in (*tests, *(target.file for target in group)))
    return sha256(b"".join(texts)).hexdigest()[:16]


def run(target: Target, reach: Reach, wanted: set[Survivor] | None, at_once: int) -> Row:
    """Make the changes of a module, all or those wanted, and return what became of them."""
    began = time.monotonic()
    source = target.source
    told = {mutation: Survivor(mutation.function, *mutation.told(source)) for mutation in mutations_of(source)}
    mutations = [mutation for mutation, survivor in told.items() if wanted is None or survivor in wanted]
    outcomes = dict.fromkeys(mutations, Outcome.UNSWAPPED)
    swapped = [job_of(target, each, reach) for each in mutations if each.can_be_swapped]
    outcomes |= outcomes_of(swapped, reach, lambda jobs, report: run_swapped(jobs, report, at_once))
    anew = [each for each in mutations if _is_to_be_loaded(each, outcomes[each], reach.at_import[target.path])]
    fresh = [fresh_job_of(target, each, reach) for each in anew]
    outcomes |= outcomes_of(fresh, reach, lambda jobs, report: run_fresh(target, jobs, report, at_once))
    survivors = [told[mutation] for mutation, outcome in outcomes.items() if outcome is Outcome.SURVIVED]
    count = sum(outcome is not Outcome.SAME for outcome in outcomes.values())
    return Row(target.path, count, survivors, round(time.monotonic() - began))


def _is_to_be_loaded(mutation: Mutation, outcome: Outcome, at_import: set[int]) -> bool:
    """Whether a change has to be looked at once more, in a module that is loaded anew."""
    if outcome is Outcome.UNSWAPPED:
        return True
    made_at_import = mutation.is_at_import or not at_import.isdisjoint(mutation.body)
    return outcome is Outcome.SURVIVED and made_at_import


def _print(row: Row) -> None:
    counts = f"{row.mutants:5} changes, {row.killed:5} noticed, {len(row.survivors):4} not, {row.share:6.1%}"
    print(f"{row.name:32} {counts}, {row.seconds:5} s", flush=True)


def _verdict(rows: list[Row]) -> int:
    """Print what is wrong, and return 1 where something is."""
    complaints = [f"not explained: {each}" for each in unexplained(rows)]
    if share(rows) < LEAST:
        complaints.append(f"only {share(rows):.1%} were noticed, and {LEAST:.0%} have to be")
    print(*complaints, f"{share(rows):.1%} of {sum(row.mutants for row in rows)} changes were noticed", sep="\n")
    return 1 if complaints else 0


def _steady_properties() -> None:
    """Have property tests try the same each time, without a clock: a busy machine is no failure."""
    phases = (Phase.explicit, Phase.generate)  # what fails need not be made simple
    settings.register_profile(
        "mutants",
        deadline=None,
        database=None,
        derandomize=True,
        phases=phases,
        suppress_health_check=list(HealthCheck),
    )
    settings.load_profile("mutants")


def main() -> int:
    """Run the program; 1 where too many changes live, or one has no explanation."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("words", nargs="*", help="modules whose path holds one of these (default: all)")
    parser.add_argument("--again", action="store_true", help="try only what lived the last time")
    parser.add_argument("--at-once", type=int, default=os.cpu_count(), help="processes (default: one a core)")
    options = parser.parse_args()
    os.nice(15)
    _steady_properties()
    before = {row.path: row for row in read_rows()}
    reaches: dict[tuple[str, ...], Reach] = {}
    rows = []
    for target in targets(tuple(options.words)):
        known = before.get(target.path)
        if options.again and (known is None or not known.survivors):
            continue
        if target.tests not in reaches:
            reaches[target.tests] = reach_of(target.tests)
        reach = reaches[target.tests]
        if options.again and known is not None:
            row = run(target, reach, set(known.survivors), options.at_once)
            row = Row(known.path, known.mutants, row.survivors, known.seconds)
        else:
            row = run(target, reach, None, options.at_once)
        _print(row)
        write([row])
        rows.append(row)
    return _verdict(rows)


if __name__ == "__main__":
    sys.exit(main())
