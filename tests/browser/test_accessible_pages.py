"""axe-core on every page of the site, by discovery: what the table of URLs gives to each role.

A new URL is in that table (tests/test_permissions.py), so it is walked here, or it is named below
with the reason why there is nothing to see. States of pages are in test_accessibility.py.
"""

import pytest
from django.urls import reverse

from areas.models import (
    Activity,
    Assessment,
    Neighbourhood,
    Question,
    Village,
    YearlyFigure,
)
from kotaku.models import User
from meetings.models import Article, FollowUp, Meeting, PokjaDecree, PokjaMember
from meetings.replies.links import mail_reply_url
from tests.browser.examiner import PHONE, Examiner
from tests.browser.steps import entry_address, import_pages
from tests.factories import CommunityBoardFactory
from tests.test_permissions import ROLES, TABLE

NOT_PAGES = {
    "a file to download": {
        "areas:activity-export", "areas:chart-compare", "areas:chart-multiples",
        "areas:chart-city", "areas:chart-map", "areas:chart-village",
        "areas:data-file", "areas:data-geojson", "areas:datapackage", "areas:import-file",
        "areas:import-template", "areas:staff-export", "areas:unreported-export", "audit-export",
        "meetings:calendar-feed", "meetings:follow-up-matrix-file", "meetings:meeting-ics",
        "meetings:people-template", "meetings:recap-file",
    },
    "a photo, a picture or a file that somebody uploaded": {
        "areas:activity-photo", "areas:activity-photo-display", "areas:card", "areas:evidence",
        "areas:evidence-display", "areas:village-card", "favicon", "meetings:article-card",
        "meetings:article-photo", "meetings:attachment", "meetings:attachment-display",
        "meetings:attachment-picture", "meetings:follow-up-evidence",
        "meetings:follow-up-evidence-display", "meetings:letterhead-logo",
    },
    "read by programs": {
        "alive", "connection", "manifest", "meetings:article-feed", "ready", "robots",
        "service-worker", "sitemap", "sitemap-section",
    },
    "a page of developers, or of a later state, in test_accessibility.py": {
        "gallery", "meetings:addendum-add",
    },
    "a page of a later state, in test_account_slips.py": {"password-reset-confirm"},
    "a page of a later state, in test_two_factor_walk.py": {"second-step"},
}  # fmt: skip
PEOPLE = {"public": None, "officer": "desa-langensari", "bappeda": "bappeda", "admin": "admin"}
# The layouts that differ most between a phone and a desk: all colours at both.
WHOLE = {"areas:progress", "areas:village-detail", "areas:review", "meetings:meeting-detail"}
VILLAGE = "32.79.04.2001"
MORE = {
    "public": [
        "/?periode=sejak-2022", "/?periode=kotaku-2016-2019", "/?wilayah=32", "/?urut=-berkurang", "/?peta=persen",
        "/banding/?desa=32.79.04.2001&desa=32.79.03.2002&desa=32.79.02.2006&desa=32.79.01.2003",
        f"/banding/?desa={VILLAGE}",
        "/desa/?wilayah=32", "/desa/?cari=zzz", "/desa/32.79.01.2004/", "/data/kamus/",
        "/cari/?q=banjar", "/cari/?q=tidakada", f"/desa/{VILLAGE}/penilaian/?tahun=2018&banding=2016",
        "/desa/32.79.03.2002/penilaian/", "/panduan/umum/", "/panduan/bappeda/",
        "/panduan/admin/", "/tidak-ada/",
    ],
    "officer": [
        "/isian/?periode=kotaku-2016-2019", "/rencana/?tahun=1999", "/tindak-lanjut/?keadaan=batal",
        "/penilaian/?tahun=2019", f"/desa/{VILLAGE}/penilaian/?tahun=2019",
        entry_address(VILLAGE, 2018), entry_address(VILLAGE, 2020),
    ],
    "bappeda": [
        "/?sementara=1", "/?rencana=1", "/desa/?sementara=1", f"/desa/{VILLAGE}/?rencana=1",
        "/verifikasi/?periode=kotaku-2016-2019", "/verifikasi/belum-melapor/?tahun=2019",
        "/verifikasi/belum-melapor/?periode=kotaku-2016-2019", "/penilaian/?tahun=2019",
    ],
    "admin": [],
}  # fmt: skip


def test_each_url_is_a_page_or_named_as_none():
    named = set().union(*NOT_PAGES.values())
    got = {name for name, (method, _, _) in TABLE.items() if method == "get"}
    assert sorted(named - got) == []
    assert (
        sorted(name for name in got - named if not any(walked(name, role) for role in PEOPLE)) == []
    )


def walked(name, role) -> bool:
    """Whether this role is shown a page under this URL."""
    method, _, answers = TABLE[name]
    not_pages = set().union(*NOT_PAGES.values())
    return method == "get" and name not in not_pages and answers[ROLES.index(role)] == 200


def how(name, role) -> dict:
    """Return how to examine a page: with all colours for the first role that is shown it."""
    if role == next(each for each in PEOPLE if walked(name, each)):
        return {"whole": name in WHOLE}
    return {"dark": False, "colours": False, "sizes": [PHONE]}


def rows() -> dict:
    """Return the arguments and the query of each kind of URL, of the sample's rows."""
    submitted = YearlyFigure.objects.get(baseline__village__code="32.79.03.2002", year=2019)
    current = YearlyFigure.objects.verified().filter(baseline__programme__is_current=True)
    meeting = Meeting.objects.get(title="Rakor triwulan (contoh)")
    coming = Meeting.objects.get(title="Rakor evaluasi (contoh)")
    row = coming.deliveries.filter(state="sent").get()
    link = mail_reply_url(row.participant, row)
    task = FollowUp.objects.get(village__code=VILLAGE)
    states = {each.status: each.pk for each in Assessment.objects.filter(
        neighbourhood__village__code=VILLAGE)}  # fmt: skip
    activity = Activity.objects.filter(village__code=VILLAGE, status="running").get()
    CommunityBoardFactory(village=Village.objects.get(code=VILLAGE))
    fresh = Neighbourhood.objects.filter(village__code=VILLAGE).first()
    return {
        "": ([], {}),
        "code": ([VILLAGE], {}),
        "span": ([], {"dari": "2026-01-01", "sampai": "2026-12-31"}),
        "year": ([2019], {"desa": VILLAGE, "periode": "contoh-2016-2019"}),
        "figure": ([submitted.pk], {}),
        "verified": ([current.earliest("year", "pk").pk], {}),
        "asked": (["isian", Question.objects.get().figure_id], {}),
        "assessment": ([states["submitted"]], {}),
        "step": ([states["draft"], "aspek-3"], {}),
        "rt": ([], {"rt": fresh.pk, "tahun": 2020}),
        "activity": ([activity.pk], {}),
        "support": ([VILLAGE, 2020], {}),
        "meeting": ([meeting.pk], {}),
        "pokja": ([PokjaDecree.objects.get().pk], {}),
        "member": ([PokjaMember.objects.first().pk], {}),
        "appointed": ([PokjaDecree.objects.get().pk, PokjaMember.objects.first().pk], {}),
        "participant": ([coming.participants.get(village__code=VILLAGE).pk], {}),
        "invitation": ([link.split("/")[-2]], {}),
        "item": ([meeting.agenda.last().pk], {}),
        "decision": ([task.decision_id], {}),
        "follow-up": ([task.pk], {}),
        "article": ([Article.objects.first().slug], {}),
        "guide": (["desa"], {}),
        "holder": (["akun", User.objects.get(username="desa-langensari").pk], {}),
    }


class Walk:
    """Pages of several people, one after the other, in one browser window."""

    def __init__(self, page, sign_in, problems):
        self.examiner, self.sign_in, self.problems = Examiner(page), sign_in, problems
        # The sample's, and one page of an import.
        self.rows = rows()

    def as_role(self, role):
        """Examine every page that the table gives to this role."""
        page = self.examiner.page
        page.context.clear_cookies()
        if PEOPLE[role]:
            self.sign_in(page, User.objects.get(username=PEOPLE[role]))
        for name in TABLE:
            if walked(name, role):
                arguments, query = self.rows[TABLE[name][1]]
                address = reverse(name, args=arguments, query=query)
                answer = self.examiner.open(address, **how(name, role))
                assert answer.status == 200, (role, address)
        for address in MORE[role]:
            self.examiner.open(address)


@pytest.fixture
def walk(desktop, sample_site, sign_in, page_problems):
    page_problems.allow("status of 40")
    return Walk(desktop, sign_in, page_problems)


def test_pages_of_visitors_and_village_officers(walk):
    walk.as_role("public")
    walk.as_role("officer")
    walk.examiner.verdict()


def test_pages_of_bappeda_and_admins(walk):
    preview, *others = import_pages()
    run = int(preview.split("/")[3])
    walk.rows["import"] = ([run], {"tampil": "semua"})
    walk.as_role("bappeda")
    for address in others:
        walk.examiner.open(address)
    # Another person's import is shown to admins as well.
    walk.as_role("admin")
    walk.examiner.verdict()
