"""Questions to the database whose SQL is written once and asked many times.

Django writes the SQL of a queryset anew each time it is evaluated. For the questions behind the
public pages that takes five to ten times as long as the database takes to answer. So a question is
a function that builds a queryset out of places for values, and each connection keeps its SQL:

    @prepared(Baseline)
    def areas(programme):
        return Baseline.objects.filter(programme=programme).values_list("village", "area_ha")

    areas(programme=3)    # what list(queryset) would be

Only SQL is kept, never an answer. A PostgreSQL server keeps its plan too (kotaku.server_plans).
"""

import threading
from collections.abc import Callable, Collection
from functools import reduce, update_wrapper
from operator import or_

from django.db import DatabaseError, connections, router
from django.db.models import Expression, Q, prefetch_related_objects

from kotaku.caching import server_plans

# Of all questions together, each shape of one counted; a connection that knows more forgets all.
MAX_KEPT = 200


class Place(Expression):
    """Where a value will stand in a question."""

    def __init__(self, name: str):
        super().__init__()
        self.name = name

    def as_sql(self, compiler, connection):
        """Stand among the parameters, until the question is asked."""
        return "%s", [self]


class Prepared:
    """A question; asking it returns a list.

    Keywords are values as they stand in the columns: whole numbers and texts, never None, which SQL
    asks for in other words. Positional arguments are the question's shape, such as the states that
    count; each shape, and each choice of keywords, has SQL of its own.
    """

    def __init__(self, model, build: Callable):
        self._model = model
        self._build = build
        update_wrapper(self, build)

    def __call__(self, *shape, **values) -> list:
        """Return the answer: instances, tuples or dictionaries, whatever the queryset gives."""
        connection = connections[router.db_for_read(self._model)]
        kept = vars(connection).setdefault("prepared_questions", {})
        key = (self, shape, *values)
        question = kept.get(key)
        if question is None:
            if len(kept) >= MAX_KEPT:
                server_plans.forget_all(connection)
                kept.clear()
            places = {name: Place(name) for name in values}
            question = kept[key] = _Written(self._build(*shape, **places), connection)
        return question.answer(values)


def prepared(model) -> Callable[[Callable], Prepared]:
    """Decorate a function that builds a queryset of this model out of places for values."""
    return lambda build: Prepared(model, build)


def places(values: Collection, most: int) -> dict:
    """Return up to `most` values as keywords for `one_of`, always as many: the first one again."""
    several = [*values]
    several += several[:1] * (most - len(several))
    return {f"value_{number}": value for number, value in enumerate(several)}


def one_of(field: str, values: dict) -> Q:
    """Say that a field has one of the values that `places` has made keywords of."""
    return reduce(or_, (Q(**{field: value}) for value in values.values()))


class _Written:
    """A queryset with its SQL, for one connection."""

    def __init__(self, queryset, connection):
        self._queryset = queryset
        compiler = queryset.query.get_compiler(connection.alias)
        self._sql, self._parameters = compiler.as_sql()
        columns = compiler.select[: compiler.col_count]
        converters = compiler.get_converters([column for column, *_ in columns])
        self._names = list(
            dict.fromkeys(each.name for each in self._parameters if isinstance(each, Place))
        )
        self._plan = None
        if server_plans.are_kept(connection):
            self._plan = server_plans.ServerPlan(connection, self._sql, self._names, self._filled)
        # From here on Django asks and reads the rows as ever, with what is there already.
        compiler.get_converters = lambda expressions: converters
        compiler.as_sql = lambda *args, **kwargs: _asked.question
        queryset.query.get_compiler = lambda *args, **kwargs: compiler

    def answer(self, values: dict) -> list:
        """Ask with these values."""
        if self._plan and (execute := self._plan.execute()):
            try:
                return self._ask(execute, tuple(values[name] for name in self._names))
            except DatabaseError as error:
                if not self._plan.can_do_without(error):
                    raise
        return self._ask(self._sql, self._filled(values))

    def _filled(self, values: dict) -> tuple:
        """Return the SQL's parameters with these values in their places."""
        return tuple(
            values[parameter.name] if isinstance(parameter, Place) else parameter
            for parameter in self._parameters
        )

    def _ask(self, sql, parameters) -> list:
        _asked.question = sql, parameters
        # Not list(queryset), which would keep the answer.
        rows = list(self._queryset._iterable_class(self._queryset))
        if lookups := self._queryset._prefetch_related_lookups:
            prefetch_related_objects(rows, *lookups)
        return rows


# What this thread is asking: SQL and its parameters.
_asked = threading.local()
