"""A figure's evidence as rows with small pictures."""

from collections.abc import Iterable

from areas.models import Evidence, Village
from kotaku.files.thumbs import Thumb, thumbs


def evidence_thumbs(files: Iterable[Evidence], village: Village, *, removal="") -> list[Thumb]:
    """Return the rows of a figure's evidence; `removal` names the URL that removes one."""
    return thumbs(files, "areas:evidence", alt=f"Bukti dukung {village}", removal=removal)
