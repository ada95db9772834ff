"""What stands around an article's form: how far it has come, its plan, remarks, owner."""

from datetime import datetime
from typing import Any

from django.utils import timezone

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from kb.findings import Excerpt
from kb.forms.workflow import CareForm, CommentForm, PlanForm
from kb.models import Article, KnowledgeBase, ReviewState
from kb.outlooks import outlook_of
from kb.workflow import steps_of


def two_people(article: Article) -> bool:
    """Whether the two-person rule holds in the article's shop; its knowledge base is selected with it."""
    base: KnowledgeBase | None = getattr(article.shop, "knowledge_base", None)
    return base is not None and base.two_people


def needs_approval(article: Article) -> bool:
    """Whether the latest version waits for somebody else's word before it can go live."""
    return two_people(article) and article.review_state != ReviewState.APPROVED


def beside_new(person: User) -> dict[str, Any]:
    """Which ways on the form of a new article has: both, where only some of the person's shops have the rule."""
    shops = Shop.objects.for_shops_of(person)
    ruled = shops.filter(knowledge_base__two_people=True).count()
    return {"two_people": ruled > 0, "some_alone": ruled < shops.count()}


def beside(article: Article, person: User, at: datetime) -> dict[str, Any]:
    """The context of kb/article_form_top.html: five queries."""
    version, today = article.latest_version, timezone.localdate(at)
    if version is not None:
        version.article = article
    comments = list(article.comments.select_related("by", "resolved_by", "version").order_by("pk"))
    own = version is not None and version.created_by_id == person.pk
    return {
        "may_edit": person.may(Permission.KB_EDIT),
        "may_approve": not (two_people(article) and own),
        "needs_approval": needs_approval(article),
        "two_people": two_people(article),
        "some_alone": not two_people(article),
        "findings": Excerpt.all_of(version),
        "steps": steps_of(article),
        "comments": comments,
        "open_comments": sum(comment.resolved_at is None for comment in comments),
        "today": today,
        "outlook": outlook_of(version) if version else None,
        "is_stale": bool(article.review_after and article.review_after <= today and not article.archived_at),
        "comment_form": CommentForm(auto_id="comment_%s"),
        "plan_form": PlanForm(auto_id="plan_%s", initial={"number": version.number if version else None}),
        "care_form": CareForm(
            auto_id="care_%s",
            shop=article.shop,
            initial={"owner": article.owner_id, "review_after": article.review_after},
        ),
    }
