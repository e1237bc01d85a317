"""Numbers as people write them become links that call and write."""

import pytest

from kotaku.phones import international, phone_url, whatsapp_url


@pytest.mark.parametrize(
    "typed",
    [
        *("081234567890", "0812-3456-7890", "0812 3456 7890", "+62 812-3456-7890"),
        *("62812 3456 7890", "0062 812 34567890", "81234567890", "(0812) 3456.7890"),
    ],
)
def test_one_number_in_all_its_spellings(typed):
    assert international(typed) == "6281234567890"
    assert phone_url(typed) == "tel:+6281234567890"
    assert whatsapp_url(typed) == "https://wa.me/6281234567890"


@pytest.mark.parametrize(
    ("typed", "called"),
    [
        ("(0265) 741234", "tel:+62265741234"),
        ("+1 (212) 555-0100", "tel:+12125550100"),
        ("112", "tel:112"),
        ("", ""),
        ("0812 atau 0813", ""),
        ("0812-3456-7890 / 0813-3456-7890", ""),
    ],
)
def test_what_can_be_called(typed, called):
    assert phone_url(typed) == called


def test_a_text_waits_in_whatsapp_and_a_sender_without_a_number_chooses_whom():
    text = "Sandi & alamat: https://contoh.id/?a=1\nSalam"
    assert whatsapp_url("0812 3456 7890", text) == (
        "https://wa.me/6281234567890"
        "?text=Sandi%20%26%20alamat%3A%20https%3A%2F%2Fcontoh.id%2F%3Fa%3D1%0ASalam"
    )
    assert whatsapp_url("", "Halo") == "https://wa.me/?text=Halo"
    assert whatsapp_url("bukan nomor", "Halo") == ""
