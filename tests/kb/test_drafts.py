import pytest

from cscore.accounts.models import AuditEntry, User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from kb import actions
from kb.actions.base import OfAnotherShop
from kb.actions.drafts import KeyTwice, QuestionTaken
from kb.models import Article, ArticleVersion, Category
from kb.rules import Draft
from tests.factories import MONDAY_9AM, make_article
from tests.kb.articles import draft


def test_a_draft_is_a_version_that_customers_do_not_see(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)

    article = Article.objects.get(key="delivery")
    assert (version.number, version.created_by, article.latest_version) == (1, lin, version)
    assert not article.is_live
    assert article.has_unpublished_changes


def test_a_change_is_a_new_version_and_the_old_one_stays(shop: Shop, lin: User) -> None:
    first = draft(shop, lin)

    second = draft(shop, lin, answer="One day.")

    assert (first.number, second.number) == (1, 2)
    assert ArticleVersion.objects.get(pk=first.pk).answer == "Two to four days."


def test_the_same_text_makes_no_new_version(shop: Shop, lin: User) -> None:
    first = draft(shop, lin)

    again = draft(shop, lin, answer="  Two to four days.\r\n")

    assert again == first


def test_phrasings_are_tidied(shop: Shop, lin: User) -> None:
    version = draft(shop, lin, phrasings=[" where is it ", "", "where is it", "How long does delivery take?"])

    assert version.phrasings == ["where is it"]


def test_an_article_moves_to_another_category_without_a_new_version(shop: Shop, lin: User) -> None:
    first = draft(shop, lin)
    shipping = Category.objects.create(shop=shop, name="Shipping")

    again = draft(shop, lin, category=shipping)

    assert again == first
    assert Article.objects.get().category == shipping


def test_an_empty_key_gets_one(shop: Shop, lin: User) -> None:
    assert len(draft(shop, lin, key="").article.key) == 12


def test_a_draft_leaves_one_line_in_the_audit_trail(shop: Shop, lin: User) -> None:
    version = draft(shop, lin)

    [entry] = AuditEntry.objects.all()
    assert (entry.verb, entry.by, entry.shop_key) == ("kb.draft", lin, "shanye")
    assert entry.object_id == str(version.article_id)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"key": "two words"}, "kb.bad-key"),
        ({"key": "k" * 61}, "kb.bad-key"),
        ({"question": "  "}, "kb.no-question"),
        ({"question": "q" * 257}, "kb.question-too-long"),
        ({"phrasings": ["p" * 257]}, "kb.phrasing-too-long"),
        ({"phrasings": [str(n) for n in range(1001)]}, "kb.too-many-phrasings"),
        ({"answer": "a" * 4001}, "kb.answer-too-long"),
        ({"answer": "a\x00b"}, "kb.unstorable-text"),
        ({"question": "half \ud83d"}, "kb.unstorable-text"),
    ],
)
def test_a_draft_that_cannot_be_stored_is_refused_and_nothing_is(
    shop: Shop, lin: User, fields: dict[str, object], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        draft(shop, lin, **fields)

    assert refused.value.code == code
    assert not Article.objects.exists()


def test_two_articles_cannot_answer_the_same_question(shop: Shop, lin: User) -> None:
    draft(shop, lin)

    with pytest.raises(QuestionTaken) as refused:
        draft(shop, lin, key="delivery-again")

    assert refused.value.details["key"] == "delivery"


def test_two_articles_may_swap_their_questions_in_one_go(shop: Shop, lin: User) -> None:
    actions.save_drafts(shop=shop, drafts=[Draft("a", "One?"), Draft("b", "Two?")], by=lin, at=MONDAY_9AM)

    swapped = [Draft("a", "Two?"), Draft("b", "One?")]
    versions = actions.save_drafts(shop=shop, drafts=swapped, by=lin, at=MONDAY_9AM)

    assert [version.question for version in versions] == ["Two?", "One?"]


def test_a_key_cannot_stand_twice_in_one_go(shop: Shop, lin: User) -> None:
    with pytest.raises(KeyTwice):
        actions.save_drafts(shop=shop, drafts=[Draft("a", "One?"), Draft("a", "Two?")], by=lin, at=MONDAY_9AM)

    assert not Article.objects.exists()


def test_articles_of_another_shop_are_out_of_reach(shop: Shop, other_shop: Shop, lin: User) -> None:
    with pytest.raises(OfAnotherShop):
        draft(shop, lin, article=make_article(shop=other_shop))
    with pytest.raises(OfAnotherShop):
        draft(shop, lin, category=Category.objects.create(shop=other_shop, name="Shipping"))


def test_a_thousand_drafts_take_few_queries(
    shop: Shop, lin: User, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    drafts = [Draft(f"a{n}", f"Question {n}?", (f"Wording {n}",), "Yes.") for n in range(1000)]

    with django_assert_max_num_queries(40):  # type: ignore[operator]
        actions.save_drafts(shop=shop, drafts=drafts, by=lin, at=MONDAY_9AM)

    assert Article.objects.filter(latest_version__number=1).count() == 1000
