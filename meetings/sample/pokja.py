"""A sample decree with sample members of the working group, all invented and marked as sample."""

from datetime import date

from django.utils import timezone

from kotaku.regions.home import home_region
from meetings.models import PokjaDecree, PokjaMember, Unsur

NUMBER = "600/CONTOH-Bappeda"
Role = PokjaMember.Role
# Place, section, position, organisation, group, sex.
_MEMBERS = (
    (Role.ADVISOR, "", "Sekretaris Daerah", "Sekretariat Daerah", Unsur.OPD, "L"),
    (Role.CHAIR, "", "Kepala Bappeda", "Bappeda", Unsur.BAPPEDA, "P"),
    (Role.VICE, "", "Kepala Dinas", "DCKTLH", Unsur.OPD, "L"),
    (Role.SECRETARY, "", "Kepala Bidang Fisik", "Bappeda", Unsur.BAPPEDA, "L"),
    (Role.SECTION, "Bidang Perencanaan", "Kepala Subbidang", "Bappeda", Unsur.BAPPEDA, "P"),
    (Role.SECTION, "Bidang Fisik", "Kepala Bidang Cipta Karya", "DCKTLH", Unsur.OPD, "L"),
    (Role.MEMBER, "Bidang Perencanaan", "Koordinator kota", "KOTAKU", Unsur.KOTAKU, "P"),
    (Role.MEMBER, "Bidang Fisik", "Fasilitator teknik", "KOTAKU", Unsur.KOTAKU, "L"),
    (Role.MEMBER, "", "Koordinator", "Forum BKM Kota", Unsur.BKM, "P"),
)


def load_sample_pokja(by) -> None:
    """Create the sample decree with its members, unless it exists."""
    region = home_region()
    if region is None or PokjaDecree.objects.filter(region=region, number=NUMBER).exists():
        return
    first = date(timezone.localdate().year, 1, 1)
    decree = PokjaDecree(region=region, is_sample=True)
    values = {
        "number": NUMBER,
        "decreed_on": first,
        "about": "Contoh: Pembentukan Kelompok Kerja Penanganan Kumuh Perkotaan",
        "valid_from": first,
        "valid_to": None,
    }
    decree.store(by=by, version=0, values=values)
    for number, (role, section, position, organisation, unsur, sex) in enumerate(_MEMBERS, 1):
        member = {
            "role": role,
            "section": section,
            "name": f"Anggota {number} (contoh)",
            "position": position,
            "organisation": organisation,
            "unsur": unsur,
            "sex": sex,
            "phone": "",
            "email": f"anggota{number}@contoh.invalid",
            "user": None,
            "valid_until": None,
        }
        PokjaMember(decree=decree).store(by=by, version=0, values=member)
