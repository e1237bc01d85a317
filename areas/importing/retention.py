"""How long uploaded spreadsheets that were not applied are kept."""

from areas.models import ImportRun
from areas.models.import_run import KEPT_DAYS
from kotaku.contributions import Term


def terms() -> list[Term]:
    """Return the term of previews."""
    return [
        Term(
            "previews of imports",
            "Berkas Excel atau CSV yang diunggah tetapi tidak diterapkan",
            f"{KEPT_DAYS} hari",
            ImportRun.forget_old,
        )
    ]
