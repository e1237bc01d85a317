"""Load village boundaries from a map file, all or none."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from areas.importing.boundary_file import read_boundaries, simplified
from areas.models import Boundary, Village

# With this many points each, the two sizes of the map take less than 40 KB of the page.
DRAWN_POINTS = 1600


@dataclass(frozen=True)
class LoadedBoundaries:
    """The number of boundaries loaded, and the names of villages without one."""

    loaded: int
    without: list[str]


def load_boundaries(content: bytes, *, source: str, by) -> LoadedBoundaries:
    """Replace all boundaries of the user's region with those of a GeoJSON file.

    `source` is shown under every map that draws them. Raises UnreadableBoundaries.
    """
    own = Village.objects.of(by)
    villages = {village.code: village for village in own.order_by("code")}
    found = read_boundaries(
        content, {code: village.full_name for code, village in villages.items()}
    )
    drawn = simplified(found, DRAWN_POINTS)
    now = timezone.now()
    with transaction.atomic():
        Boundary.objects.filter(village__in=own).delete()
        Boundary.objects.bulk_create(
            (
                Boundary(
                    village=villages[code],
                    polygons=polygons,
                    drawn=drawn[code],
                    source=source,
                    loaded_by=by,
                    loaded_at=now,
                )
                for code, polygons in found.items()
            ),
            batch_size=500,
        )
    without = [village.full_name for code, village in villages.items() if code not in found]
    return LoadedBoundaries(len(found), without)
