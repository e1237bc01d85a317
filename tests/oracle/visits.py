"""Which pages a history is compared with, and what each has to say."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.test import Client

from tests.oracle import (
    admin_lists,
    assessment_pages,
    card_pages,
    compare_pages,
    dictionary,
    files,
    import_pages,
    maps,
    meeting_pages,
    plan_pages,
    progress_pages,
    sorting,
    staff_pages,
    text_pages,
    work_strip,
)
from tests.oracle.comparing import Page, Tally
from tests.oracle.drawings import expect_drawings
from tests.oracle.reading import main_of, parse, squeezed
from tests.oracle.rows import load
from tests.oracle.ways import OFFICIAL, WITH_SUBMITTED, Record


class Visit:
    """One history under the eyes of the oracle."""

    def __init__(self, world, tally: Tally):
        self.world, self.tally = world, tally
        self.record = Record(load())
        self.today = datetime.now(ZoneInfo("Asia/Jakarta")).date()
        self.this_year = self.today.year
        self.clients = {}

    def client(self, user) -> Client:
        key = user and user.pk
        if key not in self.clients:
            self.clients[key] = Client()
            if user:
                self.clients[key].force_login(user)
        return self.clients[key]

    def get(self, address: str, user=None):
        response = self.client(user).get(address)
        assert response.status_code == 200, f"{address}: {response.status_code}"
        return b"".join(response) if response.streaming else response.content

    def page(self, kind: str, address: str, user=None) -> Page:
        root = main_of(self.get(address, user).decode())
        return Page(kind, address, root, self.tally)

    def file_page(self, kind: str, root) -> Page:
        return Page(kind, "", root, self.tally)

    def programmes(self):
        return list(self.record.programmes.values())

    def villages(self):
        return list(self.record.villages.values())


def public_city(visit: Visit, turn: int):
    """The page of every period, as the public sees it."""
    for programme in visit.programmes():
        page = visit.page("city", f"/?periode={programme['slug']}")
        progress_pages.expect_city(page, visit.record, programme, OFFICIAL, visit.this_year)
        page.done()


def staff_city(visit: Visit, turn: int):
    """The same with provisional figures."""
    for programme in visit.programmes():
        address = f"/?periode={programme['slug']}&sementara=1"
        page = visit.page("city, provisional", address, visit.world.bappeda)
        work_strip.expect_reviewer(page, visit)
        progress_pages.expect_city(page, visit.record, programme, WITH_SUBMITTED, visit.this_year)
        page.done()


def sums(visit: Visit, turn: int):
    """The pages of the provinces and the nation."""
    for region in visit.record.regions.values():
        if region["kind"] in ("nation", "province"):
            page = visit.page("sum", f"/?wilayah={region['code']}")
            progress_pages.expect_sum(page, visit.record, region, visit.this_year)
            page.done()


def city_without_period(visit: Visit, turn: int):
    """The page of each city, which chooses the current period by itself."""
    for region in visit.record.regions.values():
        if region["parent_id"]:
            page = visit.page("city's own page", f"/?wilayah={region['code']}")
            programme = visit.record.current(visit.record.programmes_in(region))
            progress_pages.expect_city(page, visit.record, programme, OFFICIAL, visit.this_year)
            page.done()


def public_village(visit: Visit, turn: int):
    """The page of every village in each of its periods, as the public sees it."""
    for village in visit.villages():
        for programme in visit.record.programmes_of_village(village):
            address = f"/desa/{village['code']}/?periode={programme['slug']}"
            page = visit.page("village", address)
            progress_pages.expect_village_years(
                page, visit.record, programme, village, {"verified"}
            )
            progress_pages.expect_village(
                page, visit.record, programme, village, OFFICIAL, visit.this_year
            )
            page.done()


def staff_village(visit: Visit, turn: int):
    """The same with provisional figures, and with figures in every state below."""
    for village in visit.villages():
        for programme in visit.record.programmes_of_village(village):
            address = f"/desa/{village['code']}/?periode={programme['slug']}&sementara=1"
            page = visit.page("village, provisional", address, visit.world.bappeda)
            states = {"verified", "submitted", "draft", "returned"}
            progress_pages.expect_village_years(page, visit.record, programme, village, states)
            plan_pages.expect_plan_of_village(page, visit, programme, village, WITH_SUBMITTED)
            meeting_pages.of_village(page, visit.record, village)
            progress_pages.expect_village(
                page,
                visit.record,
                programme,
                village,
                WITH_SUBMITTED,
                visit.this_year,
                user=visit.world.bappeda,
            )
            page.done()


def village_list(visit: Visit, turn: int):
    """The list of villages of every period, as the public sees it and with provisional figures."""
    for programme in visit.programmes():
        for suffix, user, states in (
            ("", None, OFFICIAL),
            ("&sementara=1", visit.world.bappeda, WITH_SUBMITTED),
        ):
            page = visit.page("village list", f"/desa/?periode={programme['slug']}{suffix}", user)
            if visit.record.village_ways(programme):
                progress_pages.expect_village_table(page, visit.record, programme, states)
            page.done()


def data_pages(visit: Visit, turn: int):
    """The page of open data counts the rows of each table, of each period and each region."""
    record = visit.record
    for query, programmes, cities in files.scopes(visit):
        page = visit.page("open data page", f"/data/?{query}")
        tables = [len(rows) for rows in files.tables(record, programmes, cities).values()]
        tables.append(meeting_pages.public(record, programmes))
        page.expect("ul.downloads", *[[str(each)] for each in tables])
        page.done()


def shares_on_maps(visit: Visit, turn: int):
    """The maps by colour: of the share that is gone, on the page and in the file."""
    for programme in visit.programmes():
        if not visit.record.village_ways(programme):
            continue
        for place in ("/?peta=persen", "/grafik/peta.svg?peta=persen"):
            root = parse(visit.get(f"{place}&periode={programme['slug']}").decode())
            page = visit.file_page("map of shares", root)
            expect_drawings(page)
            said = maps.villages(visit.record, programme, OFFICIAL).values()
            for svg in root.all("svg"):
                if "map" in svg.classes:
                    drawn = [squeezed(e.attributes["aria-label"]) for e in svg.all("a")]
                    page.compare("circles of shares", sorted(drawn), sorted(said))


KINDS = [
    public_city,
    staff_city,
    sums,
    city_without_period,
    public_village,
    staff_village,
    village_list,
    *files.KINDS,
    *staff_pages.KINDS,
    *assessment_pages.KINDS,
    *plan_pages.KINDS,
    *meeting_pages.KINDS,
    *admin_lists.KINDS,
    *import_pages.KINDS,
    *dictionary.KINDS,
    *text_pages.KINDS,
    *compare_pages.KINDS,
    *card_pages.KINDS,
    shares_on_maps,
    *sorting.KINDS,
    data_pages,
]
