"""Screening a text before it is said, and changing what may be said."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cscore.accounts import audit
from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.common.errors import Refusal
from cscore.compliance import queries
from cscore.compliance.models import Rule
from cscore.compliance.rules import Finding, Scope
from cscore.compliance.signals import rules_changed


class NotSayable(Refusal):
    """`details["words"]` names the words found; `findings` says all there is to say about each place."""

    code = "compliance.not-sayable"
    status = 422
    sentence = _("Leave out %(words)s: this may not be said to customers.")

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        self.findings = findings
        super().__init__(words=quoted(findings))


def screen(*, text: str, scope: Scope, shop: Shop, at: datetime) -> tuple[Finding, ...]:
    """What was found, none of it blocking. Raises NotSayable when something may not be said at all."""
    findings = queries.find(text=text, scope=scope, shop=shop, at=at)
    if blocking := tuple(finding for finding in findings if finding.blocks):
        raise NotSayable(blocking)
    return findings


def quoted(findings: tuple[Finding, ...]) -> str:
    """The words found, each once, in quotation marks."""
    return ", ".join(f"“{text}”" for text in dict.fromkeys(finding.text for finding in findings))


@transaction.atomic
def save_rule(*, rule: Rule, by: User | None, at: datetime) -> Rule:
    """Stores a rule of the shop's own; it holds for the next text. Raises ValidationError for one that cannot."""
    rule.updated_at, rule.updated_by = at, by
    rule.full_clean()
    rule.save()
    audit.record(
        by=by,
        verb="compliance.rule",
        on=rule,
        at=at,
        shop_key=rule.shop.key,
        active=rule.active,
        action=rule.action,
        words=rule.words[:200],
    )
    transaction.on_commit(partial(rules_changed.send_robust, Rule, shop_id=rule.shop_id))
    return rule
