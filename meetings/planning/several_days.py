"""Meetings of several days: which days fit, and on which of them an item of the agenda is."""

LONGEST = 31


def count(first, last) -> int:
    """Return the number of days from the first to the last; 1 if they are no such days."""
    if not (first and last) or problem(first, last):
        return 1
    return (last - first).days + 1


def problem(first, last) -> str:
    """Return what is wrong with the last day, "" if nothing is."""
    if not (first and last):
        return ""
    if last < first:
        return "Tanggal ini tidak boleh sebelum hari pertama rapat."
    if (last - first).days >= LONGEST:
        return f"Rapat berlangsung paling lama {LONGEST} hari. Periksa tanggalnya."
    return ""


def check_agenda(rows, days: int) -> None:
    """Add an error to each valid row of an agenda that is on none of the days."""
    for row in rows:
        if row.cleaned_data["day"] <= days:
            continue
        if days == 1:
            sentence = "Rapat ini satu hari. Tulis 1, atau isi “Sampai tanggal” rapatnya."
        else:
            sentence = f"Rapat ini {days} hari. Tulis hari 1 sampai {days}."
        row.add_error("day", sentence)
