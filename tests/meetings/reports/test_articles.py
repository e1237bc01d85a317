"""Reports: written from the meeting, previewed, published, withdrawn, read by everybody."""

import io
import json
import re
from xml.etree import ElementTree

import atoma
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from kotaku.requests import kept_forms
from meetings.models import Article
from tests.areas.public.pages import text_of
from tests.factories import (
    PASSWORD,
    AgendaItemFactory,
    ArticleFactory,
    DecisionFactory,
    MeetingFactory,
    MinutesFactory,
    ParticipantFactory,
)

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def client(bappeda, client_of):
    """Bappeda's browser."""
    return client_of(bappeda)


def photo(name="foto.jpg", size=(3000, 1500)):
    """A picture that says where it was taken, as phones write it."""
    content = io.BytesIO()
    image = Image.new("RGB", size, "#17603f")
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (7.0, 22.0, 12.0), 3: "E", 4: (108.0, 32.0, 24.0)}
    exif[0x010F] = "Telepon"
    image.save(content, "JPEG", exif=exif)
    return SimpleUploadedFile(name, content.getvalue())


def words(**changes):
    return {"title": "Rakor berjalan", "lead": "Ringkas.", "body": "# Isi\n\nTeks.", **changes}


def test_form_begins_with_the_meetings_facts(client, db):
    meeting = MeetingFactory(title="Rakor triwulan", done=True, minutes=None)
    item = AgendaItemFactory(meeting=meeting, title="Pembukaan", notes="Tidak untuk umum.")
    DecisionFactory(meeting=meeting, agenda_item=item, text="Drainase didahulukan.")
    MinutesFactory(meeting=meeting, approved=True, conclusion="Lanjut.")
    ParticipantFactory(meeting=meeting, name="Ani", unsur="opd", is_present=True)
    ParticipantFactory(meeting=meeting, name="Budi", unsur="desa", is_present=False)
    page = text_of(client.get(f"/rakor/{meeting.pk}/berita/"))
    for fact in (
        "Rakor triwulan berlangsung pada Selasa, 8 November 2016, 13.30–16.15 WIB, di Aula DCKTLH.",
        "- Pembukaan",
        "- Drainase didahulukan.",
        "Unsur yang hadir: Perangkat daerah lain.",
        "Lanjut.",
    ):
        assert fact in page
    assert "Tidak untuk umum." not in page
    assert "Ani" not in page


def test_decisions_wait_for_the_approval(client, db):
    decision = DecisionFactory(text="Belum disahkan.")
    assert "Belum disahkan." not in text_of(client.get(f"/rakor/{decision.meeting_id}/berita/"))


def test_report_is_written_previewed_published_and_withdrawn(client, client_of, db):
    meeting = MeetingFactory(done=True)
    response = client.post(f"/rakor/{meeting.pk}/berita/", words(), follow=True)
    page = text_of(response)
    assert "Pratinjau" in page
    assert "Hanya Bappeda yang melihat halaman ini." in page
    address = "/berita/rakor-berjalan/"
    public = client_of()
    assert public.get(address).status_code == 404
    assert "Rakor berjalan" not in text_of(public.get("/berita/"))
    client.post(f"{address}penerbitan/", {"version": 1})
    assert "Rakor berjalan" in text_of(public.get("/berita/"))
    assert "Rakor berjalan" in text_of(public.get("/"))
    assert "<h2>Isi</h2>" in public.get(address).content.decode()
    client.post(f"{address}penarikan/", {"version": 2})
    assert public.get(address).status_code == 404
    assert "Rakor berjalan" not in text_of(public.get("/"))


def test_double_click_writes_one_report(client, db):
    meeting = MeetingFactory()
    for _ in range(2):
        client.post(f"/rakor/{meeting.pk}/berita/", words())
    assert Article.objects.count() == 1


def test_reports_of_one_title_have_addresses_of_their_own(client, db):
    for _ in range(3):
        meeting = MeetingFactory()
        client.post(f"/rakor/{meeting.pk}/berita/", words())
    slugs = set(Article.objects.values_list("slug", flat=True))
    assert slugs == {"rakor-berjalan", "rakor-berjalan-2", "rakor-berjalan-3"}


def test_photo_is_made_small_and_forgets_where_it_was_taken(client, client_of, db):
    meeting = MeetingFactory()
    client.post(f"/rakor/{meeting.pk}/berita/", words(photo=photo(), photo_caption="Suasana rapat"))
    article = Article.objects.get()
    article.publish(by=article.changed_by, version=1)
    page = client_of().get(f"/berita/{article.slug}/").content.decode()
    assert 'alt="Suasana rapat"' in page
    response = client_of().get(f"/berita/{article.slug}/foto/")
    assert response["Content-Type"] == "image/jpeg"
    with Image.open(io.BytesIO(b"".join(response.streaming_content))) as image:
        assert image.size == (1600, 800)
        assert not image.getexif()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": ""}, "Tulis judul beritanya."),
        ({"lead": ""}, "Tulis ringkasannya, satu atau dua kalimat."),
        ({"body": " "}, "Tulis isi beritanya."),
        ({"photo": SimpleUploadedFile("a.jpg", b"nope")}, "Jenis berkas tidak diterima."),
        ({"photo": SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF")}, "Foto harus berupa gambar"),
        ({"photo": photo(), "photo_caption": ""}, "Tulis keterangan foto"),
    ],
)
def test_mistakes_are_named_and_what_was_typed_stays(client, changes, sentence):
    meeting = MeetingFactory()
    for upload in changes.values():
        if hasattr(upload, "seek"):
            upload.seek(0)
    typed = words(title="Judul saya", photo_caption="Suasana") | changes
    response = client.post(f"/rakor/{meeting.pk}/berita/", typed)
    assert response.status_code == 422
    assert sentence in text_of(response)
    if "title" not in changes:
        assert 'value="Judul saya"' in response.content.decode()
    assert not Article.objects.exists()


def test_stale_change_is_refused_and_kept(client, client_of, second_bappeda, db):
    article = ArticleFactory()
    address = f"/berita/{article.slug}/ubah/"
    client_of(second_bappeda).post(address, words(title="Dari rekan", version=1))
    response = client.post(address, words(title="Dari saya", version=1))
    assert response.status_code == 409
    assert "Data ini baru saja diubah" in text_of(response)
    assert re.search(r"Isian Tersimpan sekarang Judul \S*\s?Dari rekan", text_of(response))
    html = response.content.decode()
    assert 'value="Dari saya"' in html
    assert 'name="version" value="2"' in html
    assert Article.objects.get().title == "Dari rekan"


def test_new_photo_replaces_the_old_one_on_the_disk(client, db, django_capture_on_commit_callbacks):
    article = ArticleFactory()
    address = f"/berita/{article.slug}/ubah/"
    client.post(address, words(photo=photo(), photo_caption="Satu", version=1))
    old = Article.objects.get().photo
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, words(photo=photo(size=(40, 40)), photo_caption="Dua", version=2))
    new = Article.objects.get().photo
    assert new.name != old.name
    assert not old.storage.exists(old.name)
    assert new.storage.exists(new.name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, words(remove_photo="on", version=3))
    assert not Article.objects.get().photo
    assert not new.storage.exists(new.name)


def test_words_come_back_after_the_session_ended(client_of, bappeda, db):
    article, browser = ArticleFactory(), client_of()
    address = f"/berita/{article.slug}/ubah/"
    typed = words(title="Tidak hilang", version=1, _owner=kept_forms.owner_note(bappeda))
    assert browser.post(address, typed)["Location"].endswith("&tersimpan=1")
    data = {"username": bappeda.username, "password": PASSWORD, "next": address}
    assert (
        'value="Tidak hilang"' in browser.post("/akun/masuk/", data, follow=True).content.decode()
    )


def test_structured_data_can_be_read_and_ends_no_script(client_of, db):
    title = "Judul </script><script>alert(1)</script>"
    article = ArticleFactory(published=True, title=title)
    html = client_of().get(f"/berita/{article.slug}/").content.decode()
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html)
    described = json.loads(data)
    assert described["@type"] == "NewsArticle"
    assert described["headline"] == title
    assert described["datePublished"] == article.published_at.isoformat()
    assert "<script>alert" not in html


def test_atom_feed_holds_what_is_published(client_of, db):
    ArticleFactory(title="Draf rahasia")
    article = ArticleFactory(title="Terbit & dibaca", published=True, body="# Isi\n\n<b>x</b>")
    response = client_of().get("/berita/atom.xml")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    (entry,) = feed.findall(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Terbit & dibaca"
    assert entry.find(f"{ATOM}link").get("href").endswith(f"/berita/{article.slug}/")
    assert "&lt;b&gt;" in entry.find(f"{ATOM}summary").text


def test_atom_feed_is_valid_and_leads_back_from_anywhere(client_of, db, settings):
    """Read by a parser that refuses a feed without what RFC 4287 asks for."""
    body = "Lihat [data](/data/), [BPS](https://www.bps.go.id/) dan [surat](mailto:a@contoh.id)."
    articles = ArticleFactory.create_batch(2, published=True, body=body)
    feeds = []
    for address, host in (("https://kotaku.contoh.id", "lain.contoh.id"), (None, "testserver")):
        settings.SITE_URL = address or "http://127.0.0.1:8000"
        settings.ALLOWED_HOSTS = [host]
        feed = atoma.parse_atom_bytes(
            client_of().get("/berita/atom.xml", headers={"host": host}).content
        )
        feeds.append(feed)
        base = address or f"http://{host}"
        links = [link.href for link in feed.links] + [entry.links[0].href for entry in feed.entries]
        texts = " ".join(entry.summary.value for entry in feed.entries)
        links += re.findall(r'href="([^"]+)"', texts)
        inside = {link for link in links if "bps.go.id" not in link and "mailto:" not in link}
        assert len(links) == 2 + 2 + 6
        assert inside == {
            f"{base}/berita/", f"{base}/berita/atom.xml", f"{base}/data/",
            *(f"{base}/berita/{article.slug}/" for article in articles),
        }  # fmt: skip
        identifiers = [feed.id_, *(entry.id_ for entry in feed.entries)]
        assert len(set(identifiers)) == 3
        assert all(each.startswith(f"{settings.SITE_URL}/") for each in identifiers)
        assert all(entry.updated.tzinfo and entry.published.tzinfo for entry in feed.entries)
        assert feed.updated == max(entry.updated for entry in feed.entries)
    assert feeds[0].entries[0].title.value == feeds[1].entries[0].title.value


def test_newest_report_is_first_and_pages_turn(client_of, db):
    for number in range(14):
        ArticleFactory(published=True, title=f"Berita nomor {number:02}")
    page = text_of(client_of().get("/berita/"))
    assert page.index("nomor 13") < page.index("nomor 12")
    assert "nomor 01" not in page
    assert "nomor 01" in text_of(client_of().get("/berita/?hal=2"))


@pytest.mark.parametrize("count", [5, 100])
def test_list_takes_the_same_queries_for_any_number(
    client_of, db, count, django_assert_num_queries
):
    meeting = MeetingFactory()
    for _ in range(count):
        ArticleFactory(published=True, meeting=meeting)
    with django_assert_num_queries(5):
        client_of().get("/berita/")
