"""Background jobs of the knowledge base."""

from dataclasses import asdict
from typing import Any, Final

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django_q.tasks import async_task

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.errors import Refusal
from kb import actions, import_runs, queries
from kb.imports import Issue, Sheet
from kb.matching import Matcher, train
from kb.models import Article, ArticleVersion, KnowledgeBase, MatcherArtefact, TrialTraining
from kb.tables import cell_of, read_csv, read_xlsx, sheet_of
from kb.trainings import HEARD, MOST_CONFUSED, verdicts_on
from kb.waiting import MOST_WAITING, ranges

KEPT: Final = 3
_ISSUES_TOLD: Final = 100


def train_matcher(shop_id: int) -> str:
    """Trains the shop's matcher on what is live now; says what came of it.

    May run twice, late or side by side with itself: only a newer release than the newest artefact's is stored.
    """
    edition, changes = _standing(shop_id)
    if edition.trained >= edition.release:
        return f"release {edition.release} is already trained"
    return _store(shop_id, edition, _trained(shop_id, edition.asked, changes))


def hear_verdicts() -> str:
    """Queues another training for each shop whose people judged answers since its last one; each night.

    A shop whose release was never trained, because a job was lost or the format changed, is caught up with as well.
    """
    bases = KnowledgeBase.objects.filter(release__gt=0).order_by("pk")
    behind = [base.shop_id for base in bases if base.trained_release < base.release]
    due = [base.shop_id for base in bases if base.shop_id not in behind and _has_news(base)]
    for shop_id in behind:
        async_task("kb.tasks.train_matcher", shop_id, task_name=f"train shop {shop_id}")
    for shop_id in due:
        async_task("kb.tasks.train_again", shop_id, task_name=f"verdicts of shop {shop_id}")
    return f"{len(due)} shops to be trained again, {len(behind)} to be caught up with"


def train_again(shop_id: int) -> str:
    """Trains what is live once more, for verdicts that were not heard yet. Side by side with itself, the first counts."""
    edition, changes = _standing(shop_id)
    if edition.trained < edition.release:
        return "the release's own training hears them"
    return _store(shop_id, edition, _trained(shop_id, edition.asked, changes))


def try_training(version_id: int) -> str:
    """Trains as if a draft were live, beside the same without it, and keeps what both found; may run twice.

    A draft that is live or was rewritten meanwhile is passed over.
    """
    version = ArticleVersion.objects.select_related("article").get(pk=version_id)
    article = version.article
    if version.pk == article.live_version_id or version.pk != article.latest_version_id:
        return "nobody asks this any more"
    edition, changes = _standing(article.shop_id)
    drafted = changes.with_version(version)
    before, after = (_trained(article.shop_id, edition.asked, one) for one in (changes, drafted))
    TrialTraining.objects.filter(version=version).update(
        release=edition.release,
        before=_found(before, changes, article.key),
        after=_found(after, drafted, article.key),
        finished_at=clock.now(),
    )
    return f"{before.report.precision:.3f} now, {after.report.precision:.3f} with the draft"


def _found(matcher: Matcher, changes: queries.Changes, key: str) -> dict[str, Any]:
    """The training's report, and the questions that the article of this key is taken for."""
    questions = {answer.key: answer.question for answer, _entry in changes.live}
    confused = [
        (questions[other if one == key else one], count)
        for one, other, count in matcher.confusions()
        if key in {one, other} and {one, other} <= questions.keys()
    ]
    return {"report": asdict(matcher.report), "confused": confused[:MOST_CONFUSED]}


def _trained(shop_id: int, asked: queries.Asked, changes: queries.Changes) -> Matcher:
    return train(
        changes.entries,
        verdicts=verdicts_on(shop_id, since=clock.now() - HEARD),
        answer_precision=asked.answer,
        offer_precision=asked.offer,
    )


def _has_news(base: KnowledgeBase) -> bool:
    return bool(verdicts_on(base.shop_id, since=base.trained_at or clock.now() - HEARD))


def carry_out_plans() -> str:
    """Publishes and withdraws what is due in every shop; each minute. A shop that fails does not stop the others."""
    at = clock.now()
    shops = Article.objects.due(at).order_by("shop_id").values_list("shop_id", flat=True).distinct()
    for shop_id in shops:
        async_task("kb.tasks.carry_out_plans_of", shop_id, task_name=f"plans of shop {shop_id}")
    return f"{len(shops)} shops have plans that are due"


def carry_out_plans_of(shop_id: int) -> str:
    """The plans of one shop that are due; may run twice, late or side by side with itself."""
    done = actions.carry_out_plans(shop_id=shop_id, at=clock.now())
    return f"published in {done.published}, withdrawn in {done.withdrawn}, {done.refused} refused"


def recheck_every_shop() -> str:
    """Queues a recheck for each shop; every day, because rules begin and end on a day."""
    shops = list(Shop.objects.order_by("pk").values_list("pk", flat=True))
    for shop_id in shops:
        async_task("kb.tasks.recheck_wording", shop_id, task_name=f"wording of shop {shop_id}")
    return f"{len(shops)} shops to be read"


def recheck_wording(shop_id: int) -> str:
    """What today's wording rules say of the shop's articles; may run twice."""
    news = actions.recheck_wording(shop=Shop.objects.get(pk=shop_id), at=clock.now())
    return f"news in {news} versions"


def _standing(shop_id: int) -> tuple[queries.Edition, queries.Changes]:
    """What is live and the release it belongs to, read between two readings of the same release."""
    while True:
        edition = queries.edition(shop_id)
        changes = queries.live_now(shop_id)
        if queries.edition(shop_id).release == edition.release:
            return edition, changes


@transaction.atomic
def _store(shop_id: int, edition: queries.Edition, matcher: Matcher) -> str:
    """Keeps a training of this edition, unless another of the same release was kept meanwhile."""
    base, release = KnowledgeBase.objects.select_for_update().get(shop_id=shop_id), edition.release
    if base.trained_release >= release and (base.trained_release, base.trained_at) != edition.training:
        return f"release {base.trained_release} was trained meanwhile"
    at = clock.now()
    artefacts = MatcherArtefact.objects.filter(shop_id=shop_id)
    artefacts.update_or_create(
        shop_id=shop_id,
        release=release,
        defaults={"data": matcher.save(), "report": asdict(matcher.report), "trained_at": at},
    )
    kept = artefacts.order_by("-release").values_list("pk", flat=True)[:KEPT]
    artefacts.exclude(pk__in=list(kept)).delete()
    base.trained_release, base.trained_at = release, at
    base.save(update_fields=["trained_release", "trained_at"])
    return f"trained release {release}"


def take_in(name: str, shop_id: int, person_id: int, kind: str, to_publish: bool, language: str) -> str:
    """Imports the file that somebody uploaded and confirmed; says beside it how far it is and what came of it.

    May run twice: what is over is not begun again, and the same text again makes no new version.
    """
    file = import_runs.upload_of(name)
    if import_runs.is_over(name):
        return "taken in already"
    if not file.exists():
        raise FileNotFoundError(f"{file} is not on this machine: web and worker share VAR_DIR/imports.")
    shop, person = Shop.objects.get(pk=shop_id), User.objects.get(pk=person_id)
    with translation.override(language):
        try:
            sheet = sheet_of(read_xlsx(file.read_bytes()) if kind == "xlsx" else read_csv(file.read_bytes()))
            total = len(sheet.drafts)

            def tell(phase: actions.Phase, done: int) -> None:
                import_runs.note(name, import_runs.Run(phase.value, done, total))

            done = actions.import_articles(
                shop=shop, sheet=sheet, by=person, at=clock.now(), to_publish=to_publish, progress=tell
            )
            drafted = ranges(done.drafted) if len(done.drafted) <= MOST_WAITING else ()
            run = import_runs.Run("done", total, total, actions.summary(done), drafted=drafted)
        except Refusal as refusal:
            wrong = refusal.issues[:_ISSUES_TOLD] if isinstance(refusal, actions.BadImport) else ()
            lines = tuple(_told(sheet, one) for one in wrong)
            run = import_runs.Run("refused", said=str(refusal), issues=lines)
        except BaseException:  # the library's word for "took too long" is no Exception
            said = _("The import could not be finished. An administrator finds the reason under failed jobs.")
            import_runs.note(name, import_runs.Run("refused", said=said))
            raise
        import_runs.note(name, run)
    file.unlink(missing_ok=True)
    return run.said


def _told(sheet: Sheet, issue: Issue) -> str:
    """What is wrong, and where the spreadsheet shows it."""
    if cell := cell_of(sheet, issue):
        return _("Cell %(cell)s: %(why)s") % {"cell": cell, "why": issue.refusal}
    return _("Row %(row)s: %(why)s") % {"row": issue.line, "why": issue.refusal}
