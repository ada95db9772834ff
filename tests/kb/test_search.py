"""People's search in articles: what is found, what is marked, and what it survives."""

import json
import multiprocessing
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb import actions
from kb.models import Article
from kb.search import Audience, Results, search, shelf
from kb.search.shelves import make
from tests.factories import MONDAY_9AM
from tests.kb.articles import draft, published

pytestmark = pytest.mark.django_db


def keys(results: Results) -> list[str]:
    return [hit.key for hit in results.hits]


def marked(results: Results, at: int = 0) -> list[str]:
    hit = results.hits[at]
    return [piece.text for piece in (*hit.question, *hit.snippet) if piece.marked]


@pytest.fixture
def shelves(shop: Shop, lin: User) -> None:
    """A few live articles in two languages."""
    texts = (
        ("invoice", "可以开发票吗？", ["怎么开票"], "下单时勾选「需要发票」即可，电子发票会发到您的邮箱。"),
        ("returns", "怎么申请退货？", ["我不想要了"], "签收后七天内，在「我的订单」里点「申请退货」。退货运费由我们承担。"),
        ("shipping", "多久能发货？", ["什么时候发出"], "现货付款后四十八小时内从仓库发出。"),
        ("warranty", "How long is the warranty?", ["guarantee period"], "Two years from the day of delivery."),
        ("voucher", "How do I use a voucher?", ["coupon code"], "Type it at the checkout, in the field Voucher."),
    )  # fmt: skip
    versions = [
        draft(shop, lin, key=key, question=question, phrasings=phrasings, answer=answer)
        for key, question, phrasings, answer in texts
    ]
    actions.publish(versions=versions, by=lin, at=MONDAY_9AM)


@pytest.mark.parametrize(
    ("asked", "first"),
    [
        ("发票", "invoice"),
        ("電子發票", "invoice"),
        ("ＷＡＲＲＡＮＴＹ", "warranty"),
        ("退货运费谁出", "returns"),
        ("退", "returns"),
        ("vouchers", "voucher"),
        ("warrant", "warranty"),
        ("coupon", "voucher"),
        ("delivered", "warranty"),
        ("我不想要了", "returns"),
    ],
)
def test_words_are_found_in_either_script_width_and_form(
    asked: str, first: str, shelves: None, shop: Shop
) -> None:
    assert keys(search(shop.pk, asked, 5))[0] == first


@pytest.mark.parametrize(
    ("asked", "first", "meant"),
    [
        ("法票", "invoice", "发票"),
        ("申请推货", "returns", "申请退货"),
        ("推货运费", "returns", "退货运费"),
        ("fapiao", "invoice", "发票"),
        ("warrenty", "warranty", "warranty"),
        ("use a vuocher", "voucher", "use a voucher"),
    ],
)
def test_a_slip_finds_what_was_meant_and_is_asked_about(
    asked: str, first: str, meant: str, shelves: None, shop: Shop
) -> None:
    results = search(shop.pk, asked, 5)

    assert keys(results)[0] == first
    assert results.did_you_mean == meant


@pytest.mark.parametrize("asked", ["发票", "申请退货", "warranty", "voucher", "warran", "zzzzzz", "2024"])
def test_nobody_is_asked_about_words_that_are_right_or_unknown(asked: str, shelves: None, shop: Shop) -> None:
    assert search(shop.pk, asked, 5).did_you_mean == ""


@pytest.mark.parametrize("asked", ["", "   ", "？！…", "\u200b", "zzzzzz", "\ud83d", "%", "' OR 1=1 --" * 40])
def test_what_cannot_be_found_finds_nothing(asked: str, shelves: None, shop: Shop) -> None:
    assert search(shop.pk, asked, 5).hits == ()


def test_what_was_asked_for_is_marked_as_it_is_written(shop: Shop, lin: User) -> None:
    published(
        shop,
        lin,
        question="發票可以開嗎？",
        answer="在线开具ＩＮＶＯＩＣＥ，電子發票发到邮箱。Returning is free.",
    )

    assert marked(search(shop.pk, "发票", 5)) == ["發票", "發票"]
    assert marked(search(shop.pk, "invoice", 5)) == ["ＩＮＶＯＩＣＥ"]
    assert marked(search(shop.pk, "returned", 5)) == ["Returning"]


def test_words_are_marked_whole_however_a_question_is_cut_into_words(shelves: None, shop: Shop) -> None:
    assert "退货运费" in marked(search(shop.pk, "退货运费", 5))
    assert "退" not in marked(search(shop.pk, "推货运费", 5))


def test_a_snippet_shows_the_part_of_a_long_answer_that_was_asked_for(shop: Shop, lin: User) -> None:
    published(shop, lin, answer=f"{'Something else entirely. ' * 40}The umbrella is free.{' More.' * 40}")

    [hit] = search(shop.pk, "umbrella", 5).hits
    text = "".join(piece.text for piece in hit.snippet)
    assert "umbrella is free" in text
    assert text.startswith("…")
    assert text.endswith("…")
    assert len(text) < 150


def test_markup_in_a_text_stays_text(shop: Shop, lin: User) -> None:
    attack = "<script>alert('voucher')</script><img src=x onerror=alert(1)>"
    published(shop, lin, question=f"Voucher {attack}", answer=attack)

    [hit] = search(shop.pk, "voucher", 5).hits
    assert "".join(piece.text for piece in hit.question) == f"Voucher {attack}"
    assert "".join(piece.text for piece in hit.snippet) == attack


def test_articles_of_another_shop_are_never_found(shop: Shop, other_shop: Shop, lin: User) -> None:
    theirs = draft(other_shop, lin, question="Where is the secret umbrella?")
    actions.publish(versions=[theirs], by=None, at=MONDAY_9AM)
    published(shop, lin)

    for audience in Audience:
        assert search(shop.pk, "secret umbrella", 5, audience=audience).hits == ()
        assert search(shop.pk, "secret umbrela", 5, audience=audience).did_you_mean == ""


def test_readers_find_what_is_live_and_staff_find_drafts_too(shop: Shop, lin: User) -> None:
    live = published(shop, lin, answer="Two to four days.")
    draft(shop, lin, answer="Two to four days, by balloon.")
    draft(shop, lin, key="secret", question="When is the sale?", answer="A balloon says so.")

    assert keys(search(shop.pk, "balloon", 5)) == []
    assert set(keys(search(shop.pk, "balloon", 5, audience=Audience.STAFF))) == {"delivery", "secret"}
    assert [hit.version for hit in search(shop.pk, "delivery", 5).hits] == [live]


def test_what_is_kept_out_of_the_help_centre_is_found_by_agents_alone(shop: Shop, lin: User) -> None:
    version = published(shop, lin)
    Article.objects.filter(pk=version.article_id).update(in_help_centre=False)

    assert keys(search(shop.pk, "delivery", 5)) == []
    assert keys(search(shop.pk, "delivery", 5, audience=Audience.AGENTS)) == ["delivery"]


def test_a_withdrawn_article_is_gone_at_once_and_a_changed_one_has_its_new_text(
    shop: Shop, lin: User
) -> None:
    version = published(shop, lin)
    published(shop, lin, key="returns", question="Can I send it back?", answer="Within seven days.")
    assert set(keys(search(shop.pk, "seven days delivery", 5))) == {"returns", "delivery"}

    actions.withdraw(articles=[version.article], by=lin, at=MONDAY_9AM)
    published(shop, lin, key="returns", question="Can I send it back?", answer="Within nine weeks.")

    assert keys(search(shop.pk, "delivery", 5)) == []
    assert keys(search(shop.pk, "seven", 5)) == []
    assert keys(search(shop.pk, "nine weeks", 5)) == ["returns"]


def folders(shop: Shop) -> list[Path]:
    return sorted((settings.SEARCH_DIR / str(shop.pk) / "live").glob("0*"))


def test_each_release_has_a_folder_and_old_ones_go(shop: Shop, lin: User) -> None:
    for number in range(5):
        published(shop, lin, key=f"a{number}", question=f"Question {number} about delivery?")
        assert len(search(shop.pk, "delivery", 9).hits) == number + 1

    assert [folder.name[:10] for folder in folders(shop)] == ["0000000004", "0000000005"]


def cut_short(folder: Path) -> None:
    for file in folder.iterdir():
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def garbage(folder: Path) -> None:
    for file in folder.iterdir():
        file.write_bytes(b"\x80\x04garbage" * 50)


def garbage_with_its_seal_kept(folder: Path) -> None:
    segment = max(folder.iterdir(), key=lambda file: file.stat().st_size)
    segment.write_bytes(bytes(len(segment.read_bytes())))


def a_file_lost(folder: Path) -> None:
    max(folder.iterdir(), key=lambda file: file.stat().st_size).unlink()


def a_seal_forged(folder: Path) -> None:
    (folder / "seal").write_text(json.dumps({}))


def emptied(folder: Path) -> None:
    for file in folder.iterdir():
        file.unlink()


def deleted(folder: Path) -> None:
    shutil.rmtree(folder)


DAMAGE = [cut_short, garbage, garbage_with_its_seal_kept, a_file_lost, a_seal_forged, emptied, deleted]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_is_noticed_and_made_anew(
    damage: Callable[[Path], None], shelves: None, shop: Shop
) -> None:
    assert keys(search(shop.pk, "发票", 5))[0] == "invoice"
    [folder] = folders(shop)
    damage(folder)

    # A process that has the index open is not harmed; one that starts afterwards makes it anew.
    assert search(shop.pk, "退货", 5).indexed
    shelf.clear()
    results = search(shop.pk, "法票", 5)

    assert keys(results)[0] == "invoice"
    assert results.indexed
    assert [folder.name for folder in folders(shop)] == [folder.name]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_index_spoils_none_that_rests_on_it(
    damage: Callable[[Path], None], shelves: None, shop: Shop, lin: User
) -> None:
    search(shop.pk, "发票", 5)
    damage(folders(shop)[0])
    shelf.clear()

    published(shop, lin, key="gift", question="能包装成礼物吗？", answer="可以，请备注。")
    search(shop.pk, "礼物", 5)
    results = search(shop.pk, "礼物", 5)

    assert results.indexed
    assert keys(results) == ["gift"]
    assert keys(search(shop.pk, "发票", 5))[0] == "invoice"


def test_without_a_disk_people_still_find_the_words_they_type(shelves: None, shop: Shop) -> None:
    settings.SEARCH_DIR = Path("/dev/null/nowhere")

    results = search(shop.pk, "发票", 5)

    assert keys(results) == ["invoice"]
    assert "发票" in marked(results)
    assert not results.indexed
    assert keys(search(shop.pk, "guarantee period", 5)) == ["warranty"]


def _search_in_a_process_of_its_own(shop: int, folder: str, sent: "multiprocessing.Queue[list[str]]") -> None:
    connections.close_all()
    settings.SEARCH_DIR = Path(folder)
    shelf.clear()
    make(shop, "live")
    sent.put(keys(search(shop, "发票", 5)))


@pytest.mark.django_db(transaction=True)
def test_processes_that_make_an_index_at_once_all_answer_and_leave_one(shelves: None, shop: Shop) -> None:
    connection.close()
    context = multiprocessing.get_context("fork")
    sent: multiprocessing.Queue[list[str]] = context.Queue()
    arguments = (shop.pk, str(settings.SEARCH_DIR), sent)
    processes = [context.Process(target=_search_in_a_process_of_its_own, args=arguments) for _ in range(4)]
    for process in processes:
        process.start()
    found = [sent.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()

    assert {keys[0] for keys in found} == {"invoice"}
    assert len(folders(shop)) == 1
    assert keys(search(shop.pk, "退货", 5)) == ["returns"]


@pytest.mark.django_db(transaction=True)
def test_a_large_index_is_made_beside_while_the_database_answers(
    shelves: None, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shelf, "most_at_once", 2)

    meanwhile = search(shop.pk, "发票", 5)
    shelf.settle()
    afterwards = search(shop.pk, "法票", 5)

    assert keys(meanwhile) == ["invoice"]
    assert not meanwhile.indexed
    assert afterwards.indexed
    assert keys(afterwards)[0] == "invoice"


def test_a_database_put_back_to_its_backup_is_read_anew(shop: Shop, lin: User) -> None:
    published(shop, lin, answer="By balloon.")
    assert keys(search(shop.pk, "balloon", 5)) == ["delivery"]
    version = Article.objects.get(shop=shop).live_version
    assert version is not None
    shop.releases.update(at=MONDAY_9AM.replace(hour=11))
    version.answer = "By bicycle."
    version.save()

    assert keys(search(shop.pk, "bicycle", 5)) == ["delivery"]


def test_an_index_with_more_replaced_texts_than_articles_is_made_anew(
    shop: Shop, lin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kb.search.shelves._SPARE", 3)
    for number in range(12):
        published(shop, lin, answer=f"In {number} days.")
        assert keys(search(shop.pk, "delivery", 5)) == ["delivery"]

    opened = shelf.index(shop.pk, "live")
    assert opened is not None
    assert opened.size < 8
