"""Load a large sample once per process; afterwards insert the same rows again, in milliseconds."""

from django.db import connection

from kotaku.caching import data_version


class KeptRows:
    """The rows that `load` adds to the database, kept as the database returns them."""

    def __init__(self, load):
        self.load = load
        self.rows = None

    def bring(self) -> None:
        """Put the rows into a database that lacks them."""
        if self.rows is None:
            before = _all_rows()
            self.load()
            after = _all_rows()
            self.rows = {table: _added(rows, before[table]) for table, rows in after.items()}
            return
        with connection.cursor() as cursor:
            for table, rows in self.rows.items():
                if rows:
                    places = ", ".join(["%s"] * len(rows[0]))
                    cursor.executemany(f'INSERT INTO "{table}" VALUES ({places})', rows)


def _all_rows() -> dict[str, list[tuple]]:
    with connection.cursor() as cursor:
        # Triggers keep the data version when the rows return.
        tables = set(connection.introspection.table_names()) - {data_version.TABLE}
        return {table: _rows(cursor, table) for table in sorted(tables)}


def _rows(cursor, table):
    cursor.execute(f'SELECT * FROM "{table}"')
    return cursor.fetchall()


def _added(rows, before):
    known = {row[0] for row in before}
    return [row for row in rows if row[0] not in known]
