"""The surveyor reads the thresholds of the criteria where the volume is asked for, and on paper."""

import pytest

from areas.models import Assessment
from tests.areas.public.pages import text_of
from tests.factories import AssessmentFactory, NeighbourhoodFactory

THRESHOLDS = {
    "aspek-1": ("200 unit/Ha (kota sedang dan kecil)", "250 unit/Ha (kota metropolitan dan besar)"),
    "aspek-3": ("60 liter per orang per hari",),
    "aspek-4": ("lebih dari 30 cm", "lebih dari 2 jam", "lebih dari 2 kali setahun"),
}


@pytest.mark.parametrize("step", THRESHOLDS)
def test_the_form_says_the_thresholds(client_of, officer, baseline, step):
    rt = NeighbourhoodFactory(village=baseline.village, rt=3, rw=1)
    client = client_of(officer)
    ground = {
        "assessor": "BKM", "area_ha": "2,66", "buildings": "33", "people": "168", "households": "42",
        "ideal_road_m": "400", "ideal_drainage_m": "0", "version": "0",
    }  # fmt: skip
    client.post(f"/penilaian/baru/?rt={rt.pk}&tahun=2018", ground)
    page = text_of(client.get(f"/penilaian/{Assessment.objects.get().pk}/langkah/{step}/"))
    for words in THRESHOLDS[step]:
        assert words in page, words


def test_paper_and_result_say_the_thresholds(client_of, officer, baseline):
    assessment = AssessmentFactory(neighbourhood__village=baseline.village, verified=True)
    client = client_of(officer)
    for address in (f"/penilaian/{assessment.pk}/", f"/penilaian/{assessment.pk}/cetak/"):
        page = text_of(client.get(address))
        for words in sum(THRESHOLDS.values(), ()):
            assert words in page, (address, words)
