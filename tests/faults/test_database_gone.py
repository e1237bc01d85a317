"""The database is away for a while under a running server, and comes back."""

import time
from decimal import Decimal

from areas.models import YearlyFigure
from tests.faults.site import Browser, hidden_fields
from tests.faults.test_many_people import submission

OUTAGE_SECONDS = 10


def test_the_public_reads_on_writers_keep_their_form_and_all_recovers(
    site, baselines, database_gone
):
    visitor, officer = Browser(site), Browser(site, baselines[0].officer)
    pages = ("/", "/desa/", f"/desa/{baselines[0].village.code}/")
    for page in pages:
        assert visitor.get(page)[0] == 200
    assert officer.get("/isian/2017/")[0] == 200

    with database_gone():
        back = time.monotonic() + OUTAGE_SECONDS
        while time.monotonic() < back:
            for page in pages * 3:  # whichever process answers
                status, _, text = visitor.get(page)
                assert status == 200
                assert "<strong>Salinan pukul " in text
            for door in ("/isian/2017/", "/isian/2017/pengajuan/"):
                status, _, text = officer.post(door, submission("6,5"))
                assert (status, hidden_fields(text).get("area_ha")) == (503, "6,5")
        status, headers, text = officer.post("/isian/2017/pengajuan/", submission("7,5"))
        assert (status, headers["Retry-After"]) == (503, "10")
        assert "Coba lagi" in text
        typed = hidden_fields(text)
        assert typed["area_ha"] == "7,5"
        assert site.status("/healthz") == 200
        status, _, text = visitor.get("/readyz")
        assert (status, '"database": "unreachable"' in text) == (503, True)

    # Nobody restarts anything.
    deadline = time.monotonic() + 30
    while site.status("/readyz") != 200:
        assert time.monotonic() < deadline
        time.sleep(0.1)
    for page in pages * 3:
        assert "Salinan pukul" not in visitor.get(page)[2]
    assert officer.post("/isian/2017/pengajuan/", typed)[0] == 302
    assert YearlyFigure.objects.get().area_ha == Decimal("7.50")
