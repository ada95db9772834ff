"""What was said, read-only, with the bot's reasons in words."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from chat.models import Conversation, HandOff, Message
from chat.queries.reasons import why
from cscore.accounts.guarded_admin import GuardedInline
from cscore.accounts.permissions import Permission
from cscore.commerce.tenant_admin import TenantAdmin


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
