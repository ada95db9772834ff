"""What saving drafts writes: made ready first, by reading alone, and stored by whoever holds the shop's lock."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import chain
from typing import Final

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.compliance.queries import ShopChecker
from kb import queries
from kb.actions.hits import hits_of
from kb.actions.rows import Insert, inserts, reserved, rewrite
from kb.findings import found_in
from kb.models import Article, ArticleVersion, Category, ReviewState
from kb.rules import Draft, completed

_TOLD_EACH: Final = 500


@dataclass(slots=True)
class Writing:
    """The rows that some drafts become.

    `latest` holds each draft's version, in their order, `versions` those of them that are new; `moved` are known
    articles that get one, or another category. `ready` are the statements that store what is new.
    """

    latest: list[ArticleVersion] = field(default_factory=list)
    versions: list[ArticleVersion] = field(default_factory=list)
    moved: list[Article] = field(default_factory=list)
    before: list[Insert] = field(default_factory=list)
    ready: list[Insert] = field(default_factory=list)

    def store(self, progress: Callable[[int], None] = lambda done: None) -> None:
        """Writes all of it, behind the shop's lock; `progress` hears how many versions are stored."""
        for statement in self.before:
            statement.run()
        done = said = 0
        for statement in self.ready:
            statement.run()
            done = min(done + statement.rows, len(self.versions))
            if done - said >= _TOLD_EACH:
                said = done - done % _TOLD_EACH
                progress(said)
        rewrite(self.moved, ["latest_version", "category", "review_state", "updated_at"])


def writing(
    *, shop: Shop, drafts: Sequence[Draft], by: User | None, at: datetime, checker: ShopChecker
) -> Writing:
    """What these tidied drafts become, beside the shop's articles as they are now. Takes numbers, writes no row."""
    categories, new_categories = _categories(shop, drafts)
    known = {
        key: article
        for some in queries.batches([draft.key for draft in drafts])
        for key, article in queries.articles_by_key(shop, some).items()
    }
    born = [
        Article(shop=shop, key=draft.key, created_at=at, owner=by)
        for draft in drafts
        if draft.key not in known
    ]
    _number(born)
    articles = known | {article.key: article for article in born}
    made = Writing()
    moved: dict[int, Article] = {}
    for draft in drafts:
        article = articles[draft.key]
        version = _changed(article, draft, by, at, checker)
        category = article.category_id
        if draft.category is not None:
            article.category = categories[draft.category]
        if version is not None or article.category_id != category:
            moved[article.pk] = article
        if version is not None:
            made.versions.append(version)
    _number(made.versions)
    for version in made.versions:
        version.article.latest_version = version
        version.article.review_state = ReviewState.DRAFT
    for article in moved.values():
        article.updated_at = at
    new = {article.pk for article in born}
    made.moved = [article for article in moved.values() if article.pk not in new]
    made.latest = [_latest(articles[draft.key]) for draft in drafts]
    made.before = [*inserts(new_categories), *inserts(born)]
    hits = list(chain.from_iterable(map(hits_of, made.versions)))
    made.ready = [*inserts(made.versions), *inserts(hits)]
    return made


def _number(rows: Sequence[Article | ArticleVersion | Category]) -> None:
    if rows:
        for row, number in zip(rows, reserved(type(rows[0]), len(rows)), strict=True):
            row.pk = number


def _categories(shop: Shop, drafts: Sequence[Draft]) -> tuple[dict[str, Category | None], list[Category]]:
    """The categories that the drafts name, and those of them that the shop does not have yet."""
    names = sorted({draft.category for draft in drafts if draft.category})
    rows = Category.objects.filter(shop=shop)
    known = {row.name: row for some in queries.batches(names) for row in rows.filter(name__in=some)}
    new = [Category(shop=shop, name=name) for name in names if name not in known]
    _number(new)
    return {"": None} | known | {row.name: row for row in new}, new


def _changed(
    article: Article, draft: Draft, by: User | None, at: datetime, checker: ShopChecker
) -> ArticleVersion | None:
    """The version to write; None when the draft says what the latest one says."""
    before = queries.draft_of(_latest(article)) if article.latest_version else None
    draft = completed(draft, before)
    if before and draft == replace(before, category=draft.category):
        return None
    return ArticleVersion(
        article=article,
        number=article.latest_version.number + 1 if article.latest_version else 1,
        question=draft.question,
        phrasings=list(draft.phrasings),
        answer=draft.answer,
        rich=draft.rich.as_json() if draft.rich else {},
        answers=[other.as_json() for other in draft.others or ()],
        negatives=list(draft.negatives or ()),
        negative_keywords=list(draft.negative_keywords or ()),
        tell_person=bool(draft.tell_person),
        findings=found_in(checker, draft, at),
        created_at=at,
        created_by=by,
    )


def _latest(article: Article) -> ArticleVersion:
    latest = article.latest_version
    if latest is None:
        raise ValueError(f"{article.key} was stored without a version.")
    latest.article = article
    return latest
