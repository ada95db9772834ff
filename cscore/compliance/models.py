"""The shop's own wording rules, beside the starter rules that every shop begins with."""

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from cscore.commerce.models import Shop
from cscore.commerce.tenancy import TenantQuerySet
from cscore.compliance import rules
from cscore.compliance.template import BadTemplate, compile_template


class FamilyChoice(models.TextChoices):
    ABSOLUTE = rules.Family.ABSOLUTE, _("Absolute claims")
    PROMISE = rules.Family.PROMISE, _("Promises nobody can keep")
    HEALTH = rules.Family.HEALTH, _("Health and medicine")
    CONTACT = rules.Family.CONTACT, _("Leading customers off the platform")
    REVIEW = rules.Family.REVIEW, _("Buying reviews")
    PERSONAL = rules.Family.PERSONAL, _("Personal data")
    CONDUCT = rules.Family.CONDUCT, _("Rudeness")
    PRICE = rules.Family.PRICE, _("Prices")


class ActionChoice(models.TextChoices):
    BLOCK = rules.Action.BLOCK, _("Block")
    REPLACE = rules.Action.REPLACE, _("Replace")
    WARN = rules.Action.WARN, _("Warn")
    FLAG = rules.Action.FLAG, _("Note for review")


class SeverityChoice(models.IntegerChoices):
    MINOR = rules.Severity.MINOR, _("Minor")
    SERIOUS = rules.Severity.SERIOUS, _("Serious")
    GRAVE = rules.Severity.GRAVE, _("Grave")


class ScopeChoice(models.TextChoices):
    BOT = rules.Scope.BOT, _("Bot")
    AGENT = rules.Scope.AGENT, _("Agents")
    ARTICLE = rules.Scope.ARTICLE, _("Articles")
    QUICK_REPLY = rules.Scope.QUICK_REPLY, _("Quick replies")


class RuleQuerySet(TenantQuerySet["Rule"]):
    pass


class Rule(models.Model):
    """One rule of one shop. With the key of a starter rule it takes that rule's place, also when it is off."""

    shop = models.ForeignKey(Shop, models.CASCADE, related_name="wording_rules", verbose_name=_("shop"))
    key = models.SlugField(_("key"), max_length=60)
    family = models.CharField(_("family"), max_length=12, choices=FamilyChoice)
    words = models.TextField(_("words"), max_length=4000, help_text=_("One word or pattern per line."))
    exceptions = models.TextField(
        _("allowed contexts"), max_length=4000, blank=True, help_text=_("One word or pattern per line.")
    )
    negation = models.PositiveSmallIntegerField(
        _("reach of a negation"),
        default=0,
        help_text=_("Within so many characters “not” or “never” makes the words lawful; 0: never."),
    )
    action = models.CharField(
        _("what happens"), max_length=10, choices=ActionChoice, default=ActionChoice.WARN
    )
    severity = models.PositiveSmallIntegerField(
        _("severity"), choices=SeverityChoice, default=SeverityChoice.SERIOUS
    )
    scopes = models.JSONField(
        _("applies to"), default=list, blank=True, help_text=_("Nothing chosen: everywhere.")
    )
    suggestion = models.CharField(_("say instead"), max_length=200, blank=True)
    clause = models.CharField(_("law or rule of the platform"), max_length=200, blank=True)
    effective_from = models.DateField(_("from"), null=True, blank=True)
    effective_to = models.DateField(_("to"), null=True, blank=True)
    active = models.BooleanField(_("in force"), default=True)
    updated_at = models.DateTimeField(_("changed at"), editable=False)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("changed by"),
    )

    objects = RuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("wording rule")
        verbose_name_plural = _("wording rules")
        constraints = [
            models.UniqueConstraint(fields=["shop", "key"], name="wording_rule_once_per_shop"),
            models.CheckConstraint(
                name="wording_rule_family", condition=models.Q(family__in=FamilyChoice.values)
            ),
            models.CheckConstraint(
                name="wording_rule_action", condition=models.Q(action__in=ActionChoice.values)
            ),
        ]

    def __str__(self) -> str:
        return self.key

    def as_rule(self) -> rules.Rule:
        """The rule as the checker takes it. Raises ValueError for one that contradicts itself."""
        return rules.Rule(
            key=self.key,
            family=rules.Family(self.family),
            words=_lines(self.words),
            exceptions=_lines(self.exceptions),
            negation=self.negation,
            action=rules.Action(self.action),
            severity=rules.Severity(self.severity),
            clause=self.clause,
            suggestion=self.suggestion,
            scopes=frozenset(map(rules.Scope, self.scopes)) or rules.EVERYWHERE,
            effective_from=self.effective_from,
            effective_to=self.effective_to,
        )

    def clean(self) -> None:
        """A rule that is stored can always be compiled."""
        if not _lines(self.words):
            raise ValidationError({"words": _("Write at least one word.")})
        _refuse_bad_patterns("words", self.words)
        _refuse_bad_patterns("exceptions", self.exceptions)
        try:
            self.as_rule()
        except ValueError as wrong:
            raise ValidationError(str(wrong)) from wrong


def as_fields(rule: rules.Rule) -> dict[str, Any]:
    """A rule of the checker as the fields of a row."""
    return {
        "key": rule.key,
        "family": rule.family,
        "words": "\n".join(rule.words),
        "exceptions": "\n".join(rule.exceptions),
        "negation": rule.negation,
        "action": rule.action,
        "severity": rule.severity,
        "scopes": [] if rule.scopes == rules.EVERYWHERE else sorted(rule.scopes),
        "suggestion": rule.suggestion,
        "clause": rule.clause,
    }


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def _refuse_bad_patterns(field: str, text: str) -> None:
    for number, line in enumerate(_lines(text), start=1):
        try:
            compile_template(line)
        except BadTemplate as bad:
            sentence = _("Line %(number)s is not understood: %(reason)s.")
            raise ValidationError({field: sentence % {"number": number, "reason": bad.reason}}) from bad
