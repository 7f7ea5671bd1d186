"""The pages for reading: what they say, where their links lead, that no report becomes markup, what is not shown yet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.questions.build import ARMENIA, AZERBAIJAN, BAKHMUT, KALBAJAR, claim_of, kalbajar, say
from whoholds.atlas import Settings, create_app
from whoholds.model import (
    Accepted,
    Actor,
    Asserted,
    Change,
    Claim,
    Control,
    Count,
    Document,
    Event,
    EventType,
    Factuality,
    Filed,
    Place,
    Rejected,
    Role,
    When,
    Where,
)
from whoholds.questions import Register

KALBAJAR_KEY = "A:40.1068,46.0367"
KALBAJAR_DUTY = f"2020-11-10 obligation {KALBAJAR}"
DEAL = "hand_over by Armenia [ARM GOV] to Azerbaijan [AZE GOV]"


@pytest.fixture
def register() -> Iterator[Register]:
    with Register(":memory:") as register:
        yield register


def client(register: Register, settings: Settings | None = None, now: datetime | None = None) -> TestClient:
    settings = settings or Settings(hosts=("testserver",))
    app = create_app(register, settings, clock=lambda: now) if now else create_app(register, settings)
    return TestClient(app)


def told(register: Register, address: str, status: int = 200) -> str:
    answer = client(register).get(address)
    assert answer.status_code == status, answer.text
    return answer.text


def words(page: str) -> str:
    """A page's text without its markup, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split()).replace(" ,", ",").replace(" ;", ";")


def due(register: Register) -> list[str]:
    """A duty whose deadline is moved and that is met late; the ids of its claims."""
    return [
        claim_of(
            say(register, f"2020-11-10 obligation {KALBAJAR}: set {DEAL}", "due 2020-11-15", 'under "truce"', on="2020-11-10")
        ),
        claim_of(
            say(
                register,
                f"2020-11-14 obligation {KALBAJAR}: extended {DEAL}",
                "due 2020-11-25, was 2020-11-15",
                'under "truce"',
                "asked by Armenia [ARM GOV]",
                'because "snow"',
                on="2020-11-14",
            )
        ),
    ]


def test_a_place_tells_holder_standing_and_words_and_links_to_them(register: Register) -> None:
    claims = kalbajar(register)
    page = told(register, f"/places/{KALBAJAR_KEY}?on=2020-11-26")
    text = words(page)
    assert "Azerbaijan conceded since 2020-11-25" in text
    assert "conceded: Yerevan's military" in text or "against its own side" in text
    assert "Armenia" in text.split("Who held it")[1]
    said = register.store.claim(claims[1])
    assert said
    document = said.claim.evidence.document
    assert f'href="/documents/{document}?on=2020-11-26#claim-{claims[1]}"' in page
    assert f'href="/claims/{claims[1]}?on=2020-11-26"' in page
    assert 'data-side="AZE"' in page and "<svg" in page


def test_what_was_published_later_is_not_on_the_page_of_an_earlier_state_of_knowledge(register: Register) -> None:
    claims = kalbajar(register)
    page = told(register, f"/places/{KALBAJAR_KEY}?on=2020-11-26&published_by=2020-11-20")
    assert claims[0] in page and claims[1] not in page and claims[2] not in page
    assert "on=2020-11-26&amp;published_by=2020-11-20" in page
    assert "Armenia claimed" in words(page)


def test_a_name_leads_to_the_place_of_its_key_and_one_of_several_to_a_choice(register: Register) -> None:
    kalbajar(register)
    say(register, f"2021-01-01 control Lachin district (AZ 39.6375 46.5469): {AZERBAIJAN} holds", on="2021-01-01")
    say(register, f"2021-01-01 control Lachin (AZ 39.63742 46.54977 #147625): {ARMENIA} holds", on="2021-01-01")
    answer = client(register).get("/places/Kalbajar?on=2020-11-26", follow_redirects=False)
    assert answer.status_code == 307 and answer.headers["location"] == f"/places/{KALBAJAR_KEY}?on=2020-11-26"
    choice = told(register, "/places/Lachin?on=2021-02-01", 300)
    assert "/places/geonames:147625?on=2021-02-01" in choice and "/places/A:39.6375,46.5469?on=2021-02-01" in choice
    assert "No such place" in told(register, "/places/Nowhere at all", 404)


def test_a_place_that_is_known_by_an_odd_name_has_a_page_of_its_own(register: Register) -> None:
    say(register, f'2021-01-01 control "a/../b?x#y &": {AZERBAIJAN} holds', on="2021-01-01")
    ((site,),) = [[plot.site for plot in register.map("2021-01-01").plots]]
    found = told(register, "/search?q=" + quote("a/../b?x#y &"))
    (href,) = set(re.findall(r'href="(/places/[^"]+)"', found))
    assert site.name in words(told(register, unescape(href)))


def test_the_board_shows_overdue_duties_first_with_their_deadlines_and_who_moved_them(register: Register) -> None:
    due(register)
    say(register, f"2020-11-10 obligation {BAKHMUT}: set withdraw by Russia [RUS MIL]", "due 2020-12-31", on="2020-11-10")
    early = words(told(register, "/agreements?on=2020-11-20&published_by=2020-11-13"))
    assert "1 overdue" in early and "5 days overdue" in early
    assert early.index("hand over") < early.index("withdraw")
    late = words(told(register, "/agreements?on=2020-11-20"))
    assert "moved to 2020-11-25 as of 2020-11-14" in late and "asked for by Armenia" in late and "snow" in late
    assert "due in 5 days" in late and "overdue or late" in late and "1 overdue" not in late


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("party=Armenia", True),
        ("party=AZE", True),
        ("party=Russia", False),
        ("agreement=TRUCE", True),
        ("agreement=x", False),
        ("state=open", True),
        ("state=overdue", False),
        ("state=pending", True),
        ("state=nonsense", True),
    ],
)
def test_the_board_is_filtered_by_party_agreement_and_state(register: Register, query: str, there: bool) -> None:
    due(register)
    assert ("hand over" in words(told(register, f"/agreements?on=2020-11-20&{query}"))) is there


def test_a_report_has_its_claims_where_they_stand(register: Register) -> None:
    claims = kalbajar(register)
    document = register.store.claim(claims[1])
    assert document
    id = document.claim.evidence.document
    page = told(register, f"/documents/{id}?on=2020-11-26")
    assert f'id="claim-{claims[1]}"' in page and f'data-claims="{claims[1]} "' in page
    assert "Azerbaijan's army gains Kalbajar district from Armenian forces" in words(page)
    assert client(register).get(f"/documents/{id[:12]}", follow_redirects=False).headers["location"] == f"/documents/{id}"
    assert "No such report" in told(register, f"/documents/{'0' * 64}", 404)


def crossing(register: Register) -> tuple[Document, list[str]]:
    """Claims that overlap, nest and coincide in one text; their ids in the order of the text."""
    document = Document(text="0123456789\nabcdefghij\nrest", name="crossing", published=date(2024, 1, 1), language="en")
    north = Actor(name="North", country="UKR", role=Role.MIL)

    def claim(start: int, end: int, killed: int) -> Claim:
        matter = Event(type=EventType.ASSAULT, actors=(north,), killed=Count(killed, killed))
        return Claim(matter=matter, evidence=document.span(start, end), when=When("2024-01-01"))

    found = [claim(2, 14, 1), claim(5, 8, 2), claim(6, 13, 3), claim(6, 13, 4)]
    register.store.append([Filed(document), *map(Asserted, found)], by="tester")
    return document, [one.id for one in found]


def test_claims_that_overlap_and_nest_leave_the_text_whole_and_are_all_marked(register: Register) -> None:
    document, claims = crossing(register)
    page = told(register, f"/documents/{document.id}")
    body = page.split('id="text"')[1].split("</div>")[0]
    plain = re.sub(r'<a class="start.*?</a>', "", body)
    lines = [unescape(re.sub(r"<[^>]+>", "", line)) for line in re.findall(r"<p [^>]*>(.*?)</p>", plain)]
    assert lines == ["0123456789", "abcdefghij", "rest"]
    for claim, expected in zip(claims, ("23456789abc", "567", "6789ab", "6789ab"), strict=True):
        runs = re.findall(rf'data-claims="[^"]*{claim}[^"]*">([^<]*)<', plain)
        assert "".join(runs) == expected
        assert body.count(f'id="claim-{claim}"') == 1


def hostile(register: Register) -> tuple[Document, Claim]:
    text = "<script>alert(1)</script> \"' \u202eevil \x00\x1b \ud800 {{ 7*7 }} Northern army took <b>Town</b> on Sunday"
    document = Document(
        text=text,
        name='<b>name\u202e"',
        title="</title><script>alert(2)</script>\u202e",
        outlet='"><img src=x onerror=alert(3)>',
        url="javascript:alert(4)",
        author="\udcff",
        published=date(2024, 3, 2),
    )
    actor = Actor(name="<script>alert(5)</script>\u202e", country="UKR", role=Role.MIL)
    place = Place(name='Mill" onload="alert(6)\u202e', lat=48.1, lon=37.5, country="UA", feature="P")
    begin = text.index("Northern")
    claim = Claim(
        matter=Control(change=Change.GAINS, holder=actor),
        evidence=document.span(begin, len(text)),
        said_by=(actor,),
        when=When("2024-03-01"),
        where=Where(name=place.name, place=place),
    )
    register.store.append([Filed(document), Asserted(claim)], by="<i>tester\u202e")
    return document, claim


def test_nothing_of_a_report_becomes_markup_or_reorders_a_page(register: Register) -> None:
    document, claim = hostile(register)
    held = register.map("2024-03-02").plots
    finding = register.who(held[0].site, "2024-03-02").finding
    pages = ["/documents", f"/documents/{document.id}", f"/claims/{claim.id}", f"/holdings/{finding}", "/search?q=Northern"]
    pages += ["/places/" + held[0].site.key, "/search?q=%3Cscript%3E%E2%80%AE", "/agreements?party=%22%3E%3Cscript%3E%E2%80%AE"]
    for address in pages:
        page = told(register, address)
        for leak in ("<script>", "<img", "<b>", "<i>", "\u202e", 'onload="alert', 'href="javascript', " style="):
            assert leak not in page, (address, leak)
    report = told(register, f"/documents/{document.id}")
    assert 'title="U+202E right-to-left override"' in report and ">0000</span>" in report and ">D800</span>" in report
    assert "{{ 7*7 }}" in report


def test_a_claim_tells_its_words_its_verdict_and_what_follows(register: Register) -> None:
    claims = kalbajar(register)
    evidence = register.shown(claims[1])
    register.judge(claims[1], Accepted(), because="read it myself", words=evidence.words, by="Ada")
    page = words(told(register, f"/claims/{claims[1]}"))
    assert "accepted by Ada" in page and "read it myself" in page and "What follows from it for Kalbajar" in page
    register.judge(claims[0], Rejected(), because="misread", words=register.shown(claims[0]).words, by="Bo")
    page = words(told(register, f"/claims/{claims[0]}"))
    assert "It does not stand: rejected by Bo" in page and "No finding names it" in page
    assert "No such claim" in told(register, "/claims/ffffffffffffffff", 404)
    assert "No such claim" in told(register, "/claims/1", 404)  # the number of an entry is no claim


def test_findings_have_pages_with_their_derivation_and_words(register: Register) -> None:
    claims = [*kalbajar(register), *due(register)]
    holding = register.who(KALBAJAR_KEY, "2020-11-26").finding
    assert claims[1] in told(register, f"/holdings/{holding}")
    (duty,) = register.due("2020-11-20", all=True).duties
    page = told(register, f"/undertakings/{duty.undertaking.id}?on=2020-11-20")
    assert claims[3] in page and "due in 5 days" in words(page)
    assert "nothing was known of it yet" in told(register, f"/undertakings/{duty.undertaking.id}?on=2019-01-01")
    for kind in ("holdings", "undertakings", "incidents"):
        told(register, f"/{kind}/{claims[0]}", 404)
        told(register, f"/{kind}/nothing", 404)


def test_an_incident_has_its_numbers_by_source_and_what_was_corrected(register: Register) -> None:
    for on, outlet, killed in (("2023-01-02", "Wire", "3"), ("2023-01-03", "Wire", "5"), ("2023-01-03", "Post", "4..900")):
        say(register, f"2023-01-02 event {BAKHMUT}: ASSAULT by Russia [RUS MIL]", f"killed {killed}", on=on, outlet=outlet)
    (incident,) = [one.incident for one in register.incidents().happenings]
    page = told(register, f"/incidents/{incident.id}")
    text = words(page)
    assert "4 to 900 killed (logarithmic scale)" in text and "(corrected since)" in text
    assert page.count('class="stretch') == 3 and 'class="corrected"' in page


def test_search_finds_places_and_reports_with_the_words_around(register: Register) -> None:
    kalbajar(register)
    page = told(register, "/search?q=Kalbajar&published_by=2020-11-20")
    assert f"/places/{KALBAJAR_KEY}?published_by=2020-11-20" in page
    assert page.count("<mark>") == 1  # the two later reports are not known
    assert "No report holds all these words" in told(register, "/search?q=zebra")
    assert told(register, "/search?q=%22unbalanced") and told(register, "/search?q=")


def test_reports_are_listed_by_day_and_filtered(register: Register) -> None:
    kalbajar(register)
    page = words(told(register, "/documents"))
    assert "3 reports" in page and page.index("2020-11-26") < page.index("2020-11-13")
    assert "1 report of 3" in words(told(register, "/documents?outlet=Other+Post"))
    assert "1 report of 3" in words(told(register, "/documents?q=Yerevan"))
    assert "2 reports of 3" in words(told(register, "/documents?first=2020-11-14"))
    assert "No report is known that fits" in words(told(register, "/documents?last=2019-01-01"))


def test_versions_and_reprints_of_a_report_are_told_and_compared(register: Register) -> None:
    text = "The army took Bakhmut.\nSame.\n"
    old = Document(text=text, url="https://example.org/a", outlet="Wire", published=date(2024, 1, 1))
    new = replace(old, text="The army took Avdiivka.\nSame.\n", published=date(2024, 1, 3))
    again = replace(new, url="https://example.net/b", outlet="Post", published=date(2024, 1, 5))
    register.store.append([Filed(old), Filed(new), Filed(again)], by="tester")
    page = told(register, f"/documents/{new.id}")
    assert "2 texts stood at its address; printed 2 times" in words(page)
    assert f"/documents/{new.id}?against={old.id}#difference" in page
    changed = told(register, f"/documents/{new.id}?against={old.id}")
    assert "<del>Bakhmut.</del>" in changed and "<ins>Avdiivka.</ins>" in changed
    assert "Another text stands at its address now" in told(register, f"/documents/{old.id}")
    early = told(register, f"/documents/{old.id}?published_by=2024-01-02")
    assert "Another text" not in early and new.id not in early
    assert "cannot be compared" in told(register, f"/documents/{old.id}?against={new.id}&published_by=2024-01-02")


def test_with_a_publication_delay_nothing_held_back_shows_on_any_page(register: Register) -> None:
    claims = kalbajar(register)
    before = datetime.now(UTC)
    documents = [found.claim.evidence.document for id in claims if (found := register.store.claim(id))]
    finding = register.who(KALBAJAR_KEY, "2020-11-26").finding
    held = Settings(hosts=("testserver",), public=True, delay=timedelta(hours=48))
    browser = client(register, held, before + timedelta(hours=1))
    for address in (f"/places/{KALBAJAR_KEY}", f"/claims/{claims[1]}", f"/documents/{documents[1]}", f"/holdings/{finding}"):
        assert browser.get(address).status_code == 404, address
    assert browser.get("/places/Kalbajar").status_code == 404
    for address in ("/documents", "/search?q=Kalbajar", "/agreements", f"/documents?recorded_by={date(9999, 1, 1)}"):
        page = browser.get(address).text
        assert not any(one in page for one in (*claims, *documents, KALBAJAR_KEY)), address
    later = client(register, held, before + timedelta(hours=50))
    assert later.get(f"/claims/{claims[1]}").status_code == 200
    assert "not read again on a public page" in later.get(f"/documents/{documents[1]}?problems=1").text


def test_what_stays_unclear_is_shown_where_it_stands(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    from whoholds.model import Problem
    from whoholds.pipeline import Reading

    document, _ = crossing(register)
    problems = (Problem("two-places", "two places <b> fit", document.span(11, 15), "choose"), Problem("general", "of no words"))
    monkeypatch.setattr(Register, "read", lambda self, it: Reading(it, (), problems))
    page = told(register, f"/documents/{document.id}?problems=1")
    assert 'id="problem-2"' in page and 'href="#about-problem-2"' in page and "two places &lt;b&gt; fit" in page
    assert "problem-2" not in told(register, f"/documents/{document.id}")


@pytest.mark.parametrize("address", ["/agreements", "/documents", "/search", f"/places/{KALBAJAR_KEY}"])
def test_an_empty_register_and_odd_days_break_no_page(register: Register, address: str) -> None:
    for query in ("", "?on=0001-01-01", "?on=9999-12-31", "?published_by=0001-01-01", "?recorded_by=9999-12-31", "?page=99999"):
        assert client(register).get(address + query).status_code in (200, 404)
    kalbajar(register)
    due(register)
    for query in ("?on=0001-01-01", "?on=9999-12-31", "?published_by=0001-01-01"):
        assert client(register).get(address + query).status_code in (200, 404)


def test_the_words_of_a_claim_that_is_denied_are_told_as_denied(register: Register) -> None:
    head = f"2020-11-25 control {KALBAJAR}: {AZERBAIJAN} gains"
    say(register, f"2020-11-25 control {KALBAJAR}: {AZERBAIJAN} holds", on="2020-11-25")
    say(register, head, on="2020-11-26", outlet="Post", voice="said by ministry in Yerevan [ARM MIL]; denied")
    page = told(register, f"/places/{KALBAJAR_KEY}?on=2020-11-27")
    assert f'class="factuality {Factuality.DENIED}"' in page and "Told otherwise by" in page


def test_the_review_is_of_the_register_as_it_is_now_and_keeps_the_clocks_in_its_links(register: Register) -> None:
    kalbajar(register)
    page = told(register, "/review?on=2020-11-20&published_by=2020-11-14")
    assert "As known from" not in page
    assert "The register as it is now" in page
    assert re.search(r'href="/claims/[0-9a-f]+\?on=2020-11-20&amp;published_by=2020-11-14"', page)
    assert '<input type="hidden" name="published_by" value="2020-11-14">' in page.split('action="/review"')[1]
    assert "The register as it is now" not in told(register, "/review")
