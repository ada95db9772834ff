"""Background jobs of the chat: by the clock (see the migrations), and those that people ask for."""

from django_q.tasks import async_task

from chat.actions import keep_lesson, planning, replaying, tidying
from chat.actions.gaps import look_for_gaps
from chat.actions.recalling import run_recall
from chat.queries import upset
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.language.displeasure import shipped
from cscore.language.displeasure.teaching import teach


def tidy() -> str:
    """Closes quiet conversations and drops empty ones; says how many. May run twice or late."""
    at = clock.now()
    return f"{tidying.close_quiet(at=at)} closed, {tidying.drop_empty(at=at)} dropped"


def say_planned() -> str:
    """Says in plain words the replies for which no better ones came in time; says how many. May run twice or late."""
    return f"{planning.say_overdue(at=clock.now())} said"


def replay(replay_id: int) -> str:
    """Asks past questions of drafts; says how many. May run twice or late."""
    return replaying.run_replay(replay_id)


def find_gaps(shop_id: int | None = None) -> str:
    """Gathers what customers of the shop, or of every shop, asked in vain; says what came of it. May run twice or late."""
    shops = Shop.objects.order_by("pk") if shop_id is None else Shop.objects.filter(pk=shop_id)
    looked = [look_for_gaps(shop=shop, at=clock.now()) for shop in shops]
    return "; ".join(f"{one.questions} questions, {one.new} new gaps, {one.grown} grown" for one in looked)


def recall(recall_id: int) -> str:
    """Corrects what a recall is about; says how many. May run twice or late."""
    return run_recall(recall_id)


def learn_displeasure() -> str:
    """Queues a lesson in displeasure for each shop; each week."""
    shops = list(Shop.objects.order_by("pk").values_list("pk", flat=True))
    for shop_id in shops:
        async_task("chat.tasks.learn_displeasure_of", shop_id, task_name=f"displeasure of shop {shop_id}")
    return f"{len(shops)} shops to be heard"


def learn_displeasure_of(shop_id: int) -> str:
    """What the shop's rated chats teach, and how displeased its customers sounded of late; may run twice."""
    shop, at = Shop.objects.get(pk=shop_id), clock.now()
    taught = teach(upset.rated_chats(shop_id, at), shipped())
    seen = upset.seen(shop_id, taught.model or shipped(), at)
    keep_lesson(shop=shop, taught=taught, seen=seen, at=at)
    return f"{taught.chats} rated chats, {'a better model' if taught.model else 'the shipped model stays'}"
