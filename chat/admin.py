"""What was said, read-only, with the bot's reasons in words; and how a shop's bot is set."""

from typing import Any

from django.conf import settings
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from chat.models import BotSettings, Conversation, HandOff, Message
from chat.queries.reasons import why
from cscore.accounts.guarded_admin import GuardedInline
from cscore.accounts.permissions import Permission
from cscore.commerce.tenant_admin import AuditedForms, TenantAdmin


class MessageInline(GuardedInline):
    model = Message
    view_permission = Permission.CHAT_SUPERVISE
    fields = readonly_fields = ("seq", "at", "author", "agent", "body", "reasons")
    ordering = ("seq",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Message]:
        rows: QuerySet[Message] = super().get_queryset(request)
        return rows.select_related("agent", "answers")

    @admin.display(description=_("why the bot said it"))
    def reasons(self, message: Message) -> str:
        """Empty for messages that the bot did not write."""
        return why(getattr(message, "answers", None))


class HandOffInline(GuardedInline):
    model = HandOff
    view_permission = Permission.CHAT_SUPERVISE
    fields = readonly_fields = ("at", "reason", "question")
    ordering = ("at",)


@admin.register(Conversation)
class ConversationAdmin(TenantAdmin):
    view_permission = Permission.CHAT_SUPERVISE
    list_display = ("number", "shop", "customer", "state", "agent", "last_seq", "opened_at", "stars")
    list_filter = ("state", "shop", "stars")
    list_select_related = ("shop", "customer", "agent")
    search_fields = ("customer__name", "customer__external_id")
    date_hierarchy = "opened_at"
    ordering = ("-opened_at",)
    inlines = (HandOffInline, MessageInline)
    exclude = ("bot_memory", "visitor", "last_seq")

    @admin.display(description=_("number"))
    def number(self, conversation: Conversation) -> str:
        return conversation.number


@admin.register(Message)
class MessageAdmin(TenantAdmin):
    view_permission = Permission.CHAT_SUPERVISE
    list_display = ("at", "conversation", "author", "agent", "body", "reasons")
    list_filter = ("author",)
    list_select_related = ("conversation__customer", "agent", "answers")
    search_fields = ("body",)
    ordering = ("-at",)
    exclude = ("body_hash", "sender_key", "client_id", "parts")
    readonly_fields = ("reasons",)

    @admin.display(description=_("why the bot said it"))
    def reasons(self, message: Message) -> str:
        return why(getattr(message, "answers", None))


@admin.register(HandOff)
class HandOffAdmin(TenantAdmin):
    view_permission = Permission.CHAT_SUPERVISE
    list_display = ("at", "conversation", "reason", "question")
    list_filter = ("reason",)
    list_select_related = ("conversation__customer",)
    search_fields = ("question",)
    ordering = ("-at",)


@admin.register(BotSettings)
class BotSettingsAdmin(AuditedForms):
    """One row for each shop that wants its bot otherwise than we ship it."""

    view_permission = change_permission = Permission.CHAT_SUPERVISE
    list_display = ("__str__", "language_model")
    list_select_related = ("shop",)
    ordering = ("shop__name",)

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """The switch, with what it does and whether there is anything behind it on this server."""
        return [
            (None, {"fields": ("shop",)}),
            (_("Language model"), {"fields": ("language_model",), "description": _about_the_model()}),
        ]


def _about_the_model() -> str:
    about = _(
        "It only puts answers that you have published into words that fit the question, and every sentence is "
        "checked against them; otherwise, and whenever it is slow, the answer is said as you wrote it. Questions "
        "leave this server without phone numbers, addresses and names."
    )
    where = (
        _("It is asked at %(address)s.") % {"address": settings.LANGUAGE_MODEL["base_url"]}
        if settings.LANGUAGE_MODEL["base_url"]
        else _("No language model is set up on this server, so the switch does nothing yet (LLM_BASE_URL).")
    )
    return _("%(first)s %(second)s") % {"first": about, "second": where}
