"""What an account may do, before and after somebody changed it, in words for the audit."""

FIELDS = ("role", "is_active", "is_staff", "is_superuser", "must_use_two_factor")


def access_of(user) -> dict[str, str]:
    """Return label -> value of all that decides what this person may do."""
    access = {}
    for name in FIELDS:
        value = getattr(user, name)
        display = getattr(user, f"get_{name}_display", None)
        text = display() if display else ("ya" if value else "tidak")
        access[str(user._meta.get_field(name).verbose_name)] = text
    access["wilayah"] = str(user.region) if user.region else "semua"
    villages = sorted(village.full_name for village in user.villages.all())
    return access | {"desa/kelurahan": ", ".join(villages) or "–"}


def changes_between(before: dict[str, str], after: dict[str, str]) -> str:
    """Return `peran: Pengamat → Bappeda; …`, or nothing when all is as it was."""
    return "; ".join(
        f"{label}: {before[label]} → {value}" if label in before else f"{label}: {value}"
        for label, value in after.items()
        if before.get(label) != value
    )
