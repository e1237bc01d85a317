"""Whether the history of each record leads to its present state."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db import models

from kotaku.verification.checks import named, sentence
from kotaku.workflow.states import Transition

ADVICE = (
    "Status dan riwayat hanya berubah bersama. Yang tidak cocok ditulis tanpa melalui situs: "
    "bandingkan dengan cadangan, lalu perbaiki lewat koreksi di situs."
)


@dataclass(frozen=True)
class History:
    """Where the history of a kind of record is.

    `events` has the rows of the history, whose field `link` leads to the record. `starts` returns
    the states in which a record may begin, from the values of its fields `given`. `numbers` are
    pairs of a field of the record and the field of an event with its value afterwards.
    """

    model: type[models.Model]
    events: type[models.Model]
    link: str
    starts: Callable[[Mapping], Iterable[str]]
    given: tuple[str, ...] = ()
    numbers: tuple[tuple[str, str], ...] = ()
    # The field of the record that `link` leads to.
    key: str = "pk"

    def deviations(self) -> Iterator[str]:
        """Yield a sentence for each record whose history leads elsewhere."""
        told = {step.kind for step in self.model.transitions.values() if step.kind}
        past = self._past(told)
        waiting = next(past, None)
        fields = (self.key, "pk", self.model.state_field, *self.given)
        fields += tuple(name for name, _ in self.numbers)
        rows = self.model._base_manager.order_by(self.key).values(*dict.fromkeys(fields))
        for row in rows.iterator(chunk_size=1000):
            while waiting and waiting[0] < row[self.key]:
                waiting = next(past, None)
            events = waiting[1] if waiting and waiting[0] == row[self.key] else []
            if fault := self._fault(row, events):
                yield sentence(f"{named(self.model, row['pk'])} {fault}")

    def _past(self, told):
        link = f"{self.link}_id"
        values = [link, "kind", *(name for _, name in self.numbers)]
        events = self.events._base_manager.filter(kind__in=told).order_by(link, "pk")
        rows = events.values_list(*values).iterator(chunk_size=1000)
        for key, group in groupby(rows, key=lambda row: row[0]):
            yield key, [row[1:] for row in group]

    def _fault(self, row, events) -> str:
        present = row[self.model.state_field]
        label = self.model.states(present).label if present in self.model.states else present
        reached = set(self.starts(row))
        for kind, *_ in events:
            reached = set(after(self.model.transitions, reached, kind))
            if not reached:
                return f"mempunyai riwayat yang tidak mungkin: “{kind}” tidak dapat terjadi di situ"
        if present not in reached:
            last = " atau ".join(sorted(self.model.states(state).label for state in reached))
            return f"berstatus {label}, tetapi menurut riwayatnya {last}"
        for number, (name, _) in enumerate(self.numbers, 1):
            if events and events[-1][number] != row[name]:
                words = self.model._meta.get_field(name).verbose_name
                return (
                    f"mencatat {words} {row[name]}, tetapi menurut riwayatnya {events[-1][number]}"
                )
        return ""


def after(transitions: Mapping[str, Transition], states: Iterable[str], kind: str) -> Iterator[str]:
    """Yield the states to which an event of this kind leads from one of the states."""
    for step in transitions.values():
        if step.kind == kind:
            yield from (step.moves[state] for state in states if state in step.moves)


def deviations(histories: Iterable[History]) -> Iterator[str]:
    """Yield the findings of all histories."""
    for history in histories:
        yield from history.deviations()
