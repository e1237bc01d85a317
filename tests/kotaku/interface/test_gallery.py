"""The developers' gallery draws each component with inputs that fit it."""

from tests.areas.public.pages import text_of


def test_gallery_draws_every_component(client, settings, db):
    settings.DEBUG = True
    page = client.get("/komponen/")
    assert page.status_code == 200
    assert "62,10 Ha" in text_of(page)
