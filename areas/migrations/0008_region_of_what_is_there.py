"""Give what is there its region: codes tell which kabupaten or kota a kecamatan belongs to."""

from django.conf import settings
from django.db import migrations

from areas.models.programme_year import rebuild

# Kemendagri numbers kota from 71 on.
FIRST_CITY = 71
# What the place is called where the site's own settings do not say it; an admin writes the name.
PROVINCES = {"32": "Jawa Barat"}


def fill(apps, schema_editor):
    """Create the regions that kecamatan lie in, and tie periods and people to them."""
    District = apps.get_model("areas", "District")
    Programme = apps.get_model("areas", "Programme")
    codes = {code[:5] for code in District.objects.values_list("code", flat=True)}
    if not codes and Programme.objects.exists():
        codes = {settings.HOME_REGION}
    regions = {code: _region(apps, code, alone=len(codes) == 1) for code in sorted(codes)}
    for code, region in regions.items():
        District.objects.filter(code__startswith=f"{code}.").update(region=region)
    for programme in Programme.objects.all():
        first = programme.baselines.select_related("village__district").order_by("pk").first()
        code = first.village.district.code[:5] if first else min(regions)
        programme.region = regions[code]
        programme.save(update_fields=["region"])
    if len(regions) == 1:
        # Admins keep the whole site.
        people = apps.get_model("kotaku", "User").objects.filter(is_superuser=False)
        people.update(region=next(iter(regions.values())))
    rebuild(apps)


def _region(apps, code, *, alone):
    Region = apps.get_model("kotaku", "Region")
    province, _ = Region.objects.get_or_create(
        code=code[:2],
        defaults={"name": PROVINCES.get(code[:2], code[:2]), "kind": "province"},
    )
    is_city = int(code[3:]) >= FIRST_CITY
    is_home = alone and code == settings.HOME_REGION
    name = settings.CITY_NAME.partition(" ")[2] if is_home else code
    return Region.objects.create(
        code=code, name=name or code, kind="city" if is_city else "regency", parent=province
    )


class Migration(migrations.Migration):
    dependencies = [
        ("areas", "0007_region"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
