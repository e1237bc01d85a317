"""What a file holds beside the sheet that is imported, said in whole sentences. Pure."""

from areas.importing.column_words import Vocabulary
from areas.importing.columns import recognise
from kotaku.formats import format_count
from kotaku.spreadsheets.sheets import Sheet, Workbook

MOST_CELLS = 10


def left_out_of(book: Workbook, sheet: Sheet, known: Vocabulary) -> list[str]:
    """Return a sentence for everything in the file that is not read."""
    others = [each for each in book.sheets if each.name != sheet.name]
    similar = [each.name for each in others if is_table(each, known)]
    different = [each.name for each in others if each.name not in similar]
    said = []
    if similar:
        said.append(
            f"Berkas ini mempunyai {format_count(len(similar))} lembar lain dengan tabel serupa: "
            f"{', '.join(similar)}. Yang dibaca hanya lembar {sheet.name}; yang lain "
            "dapat dipilih di susunan berkas."
        )
    if different:
        said.append(f"Lembar yang tidak dibaca: {', '.join(different)}.")
    said += [_hidden(each, known) for each in book.hidden]
    said += book.unread
    if sheet.beside:
        said.append(
            f"Lembar {sheet.name} juga berisi {'; '.join(sheet.beside)}. Yang dibaca hanya selnya."
        )
    if sheet.linked_cells:
        cells = ", ".join(sheet.linked_cells[:MOST_CELLS])
        more = len(sheet.linked_cells) - MOST_CELLS
        said.append(
            f"Sel {cells}{f' dan {format_count(more)} lagi' if more > 0 else ''} mengambil nilainya "
            "dari berkas lain; yang dibaca adalah nilai yang terakhir tersimpan di berkas ini."
        )
    return said


def is_table(sheet: Sheet, known: Vocabulary) -> bool:
    """Whether a sheet has headings like those of a table to import."""
    layout = recognise(sheet, known)
    return layout.names_villages and len(layout.roles) > 1


def _hidden(sheet, known) -> str:
    table = ", berisi tabel serupa" if is_table(sheet, known) else ""
    return f"Lembar {sheet.name} tersembunyi{table}; tidak dibaca. Tampilkan (Unhide) bila perlu."
