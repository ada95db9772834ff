"""Hears what the floor below announces: articles are read again by rules that changed."""

from typing import Any

from django.dispatch import receiver
from django_q.tasks import async_task

from cscore.compliance.models import Rule
from cscore.compliance.signals import rules_changed


@receiver(rules_changed, sender=Rule)
def read_articles_again(sender: type[Rule], *, shop_id: int, **_more: Any) -> None:
    """In the background: a shop may have thousands of articles."""
    async_task("kb.tasks.recheck_wording", shop_id, task_name=f"wording of shop {shop_id}")
