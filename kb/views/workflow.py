"""What stands between a draft and customers: reviews, plans, remarks, the archive, another look."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from cscore.accounts.permissions import Permission
from cscore.common import clock
from cscore.common.doors import opens_for
from kb import access, actions
from kb.forms.workflow import PUBLISH, CareForm, CommentForm, NoteForm, PlanForm
from kb.models import Article
from kb.views.carrying_out import carry_out, understood


@opens_for(Permission.KB_EDIT)
@require_POST
def ask_review(request: HttpRequest, article_id: int) -> HttpResponse:
    """Asks others to look at the latest version."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)

    def verb() -> str:
        note = understood(NoteForm(request.POST))["note"]
        actions.ask_review(article=article, note=note, by=person, at=clock.now())
        return _("The review is asked for: whoever may publish sees it on the first page.")

    return carry_out(request, article, verb)


@opens_for(Permission.KB_PUBLISH)
@require_POST
def approve(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """This version may go live."""
    person = access.person_of(request)
    version = access.version_for(person, article_id=article_id, number=number)

    def verb() -> str:
        note = understood(NoteForm(request.POST))["note"]
        actions.approve(version=version, note=note, by=person, at=clock.now())
        return _("Version %(number)s is approved.") % {"number": number}

    return carry_out(request, version.article, verb)


@opens_for(Permission.KB_PUBLISH)
@require_POST
def send_back(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """Back to its author, with what must change."""
    person = access.person_of(request)
    version = access.version_for(person, article_id=article_id, number=number)

    def verb() -> str:
        note = understood(NoteForm(request.POST))["note"]
        actions.send_back(version=version, note=note, by=person, at=clock.now())
        return _("Version %(number)s is sent back.") % {"number": number}

    return carry_out(request, version.article, verb)


@opens_for(Permission.KB_PUBLISH)
@require_POST
def plan(request: HttpRequest, article_id: int) -> HttpResponse:
    """Publishes the version that the person saw, or withdraws the article, at a time."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)
    return carry_out(request, article, lambda: _plan(request, article))


def _plan(request: HttpRequest, article: Article) -> str:
    person, wanted = access.person_of(request), understood(PlanForm(request.POST))
    when = wanted["when"]
    shown = f"{timezone.localtime(when):%Y-%m-%d %H:%M}"
    if wanted["what"] == PUBLISH:
        version = access.version_for(person, article_id=article.pk, number=wanted["number"])
        actions.plan_publish(version=version, when=when, by=person, at=clock.now())
        return _("Version %(number)s goes live on %(when)s.") % {"number": version.number, "when": shown}
    actions.plan_withdraw(article=article, when=when, by=person, at=clock.now())
    return _("The article is withdrawn on %(when)s.") % {"when": shown}


@opens_for(Permission.KB_PUBLISH)
@require_POST
def cancel_plan(request: HttpRequest, article_id: int) -> HttpResponse:
    """Nothing happens by itself any more."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)

    def verb() -> str:
        actions.cancel_plan(article=article, by=person, at=clock.now())
        return _("Nothing is planned any more.")

    return carry_out(request, article, verb)


@opens_for(Permission.KB_PUBLISH)
@require_POST
def archive(request: HttpRequest, article_id: int) -> HttpResponse:
    """Puts the article away; a live one is withdrawn first."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)

    def verb() -> str:
        release = actions.archive(articles=[article], by=person, at=clock.now())
        if release is None:
            return _("Archived.")
        return _("Withdrawn with release %(release)s and archived.") % {"release": release}

    return carry_out(request, article, verb)


@opens_for(Permission.KB_PUBLISH)
@require_POST
def unarchive(request: HttpRequest, article_id: int) -> HttpResponse:
    """Takes the article out of the archive, as a draft."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)

    def verb() -> str:
        actions.unarchive(articles=[article], by=person, at=clock.now())
        return _("Out of the archive; customers do not see it before it is published.")

    return carry_out(request, article, verb)


@opens_for(Permission.KB_EDIT)
@require_POST
def comment(request: HttpRequest, article_id: int) -> HttpResponse:
    """A remark about the latest version."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)

    def verb() -> str:
        body = understood(CommentForm(request.POST))["body"]
        actions.comment(article=article, body=body, by=person, at=clock.now())
        return _("Your comment is kept.")

    return carry_out(request, article, verb)


@opens_for(Permission.KB_EDIT)
@require_POST
def settle(request: HttpRequest, article_id: int, number: int) -> HttpResponse:
    """Nothing is left to do about this remark."""
    person = access.person_of(request)
    remark = access.comment_for(person, article_id=article_id, pk=number)

    def verb() -> str:
        actions.settle(comment=remark, by=person, at=clock.now())
        return _("Settled.")

    return carry_out(request, remark.article, verb)


@opens_for(Permission.KB_EDIT)
@require_POST
def confirm(request: HttpRequest, article_id: int) -> HttpResponse:
    """Somebody read it, and it still holds."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)

    def verb() -> str:
        again = actions.confirm_still_right(article=article, by=person, at=clock.now())
        if again is None:
            return _("Confirmed.")
        return _("Confirmed. It needs another look from %(day)s on.") % {"day": f"{again:%Y-%m-%d}"}

    return carry_out(request, article, verb)


@opens_for(Permission.KB_EDIT)
@require_POST
def care(request: HttpRequest, article_id: int) -> HttpResponse:
    """Who looks after the article, and when somebody must look at it again."""
    person = access.person_of(request)
    article = access.article_for(person, pk=article_id)

    def verb() -> str:
        wanted = understood(CareForm(request.POST, shop=article.shop))
        day = wanted["review_after"]
        at = clock.now()
        with transaction.atomic():
            actions.give_to(article=article, owner=wanted["owner"], by=person, at=at)
            if day != article.review_after:
                actions.look_again_on(articles=[article], day=day, by=person, at=at)
        return _("Kept.")

    return carry_out(request, article, verb)
