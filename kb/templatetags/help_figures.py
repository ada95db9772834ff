"""What readers of the help centre did with the article on a page of the admin."""

from typing import Any

from django import template

from cscore.accounts.permissions import Permission
from cscore.common import clock
from kb import access, help_centre
from kb.models import Article

register = template.Library()


@register.inclusion_tag("kb/_help_strip.html", takes_context=True)
def help_strip(context: template.Context, article: Article) -> dict[str, Any]:
    """Figures of the last 30 days, and the way in and out of the help centre."""
    person = access.person_of(context["request"])
    return {
        "article": article,
        "figures": help_centre.figures_of([article.pk], clock.now())[article.pk],
        "may_publish": person.may(Permission.KB_PUBLISH),
        "may_read_reports": person.may(Permission.REPORTS_VIEW),
        "csrf_token": context["csrf_token"],
    }
