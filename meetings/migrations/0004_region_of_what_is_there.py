"""Give meetings the region of their period, and the one letterhead to the region it was made for."""

from django.conf import settings
from django.db import migrations


def fill(apps, schema_editor):
    """Tie meetings and the letterhead to a region."""
    Meeting = apps.get_model("meetings", "Meeting")
    home = _home(apps)
    for meeting in Meeting.objects.select_related("programme"):
        meeting.region_id = meeting.programme.region_id if meeting.programme else home().pk
        meeting.save(update_fields=["region"])
    for letterhead in apps.get_model("meetings", "Letterhead").objects.all():
        names = ("government", "office", "address", "city", "logo")
        apps.get_model("meetings", "RegionLetterhead").objects.create(
            region=home(), **{name: getattr(letterhead, name) for name in names}
        )


def _home(apps):
    """Return what finds the site's own region; a site without kecamatan may have none yet."""

    def found():
        Region = apps.get_model("kotaku", "Region")
        region = Region.objects.filter(code=settings.HOME_REGION).first() or Region.objects.first()
        if region:
            return region
        code, name = settings.HOME_REGION, settings.CITY_NAME
        province = Region.objects.create(code=code[:2], name=code[:2], kind="province")
        name = name.partition(" ")[2] or name
        return Region.objects.create(code=code, name=name, kind="city", parent=province)

    return found


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0003_region"),
    ]

    operations = [
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
