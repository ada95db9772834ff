"""People with the shops they work in. The model is accounts', the shops are ours: so the page is here."""

from copy import deepcopy
from typing import Any, cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from unfold.contrib.filters.admin import ChoicesCheckboxFilter
from unfold.forms import AdminPasswordChangeForm

from cscore.accounts import access, actions
from cscore.accounts.guarded_admin import GuardedAdmin, badge
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.accounts.roles import Role
from cscore.commerce.forms import InviteForm, PersonForm
from cscore.commerce.models import Shop
from cscore.common import clock

ROLE_COLOUR = {
    Role.AGENT: "info",
    Role.LEAD: "primary",
    Role.EDITOR: "success",
    Role.ANALYST: "",
    Role.ADMINISTRATOR: "warning",
}


@admin.register(User)
class PersonAdmin(UserAdmin, GuardedAdmin):  # type: ignore[type-arg,misc]
    """Who may do what where. An administrator manages people who work in his shops alone (docs/howto/roles.md)."""

    view_permission = Permission.ACCOUNTS_MANAGE
    change_permission = Permission.ACCOUNTS_MANAGE
    form = PersonForm
    add_form = InviteForm
    change_password_form = AdminPasswordChangeForm
    list_display = ("display_name", "username", "role_badge", "works_in", "active_badge", "last_login")
    list_filter = (("role", ChoicesCheckboxFilter), "is_active")
    list_filter_submit = True
    search_fields = ("username", "display_name", "email")
    search_help_text = _("Name, username or e-mail")
    ordering = ("username",)
    readonly_fields = ("username", "last_login", "date_joined")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("username", "display_name", "email", "password_link")}),
        (_("What and where"), {"fields": ("role", "shops", "is_active")}),
        (_("Seen"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = (
        (None, {"fields": ("username", "display_name", "role", "shops", "usable_password")}),
        (None, {"fields": ("password1", "password2")}),
    )

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        people = access.people_of(cast(User, request.user))
        return people.order_by(*self.ordering).prefetch_related("shops")

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        allowed = super().has_change_permission(request, obj)
        return allowed and (obj is None or access.may_manage(cast(User, request.user), cast(User, obj)))

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Somebody who may not be changed is shown without the form's own field, as text."""
        if obj is None or self.has_change_permission(request, obj):
            return super().get_fieldsets(request, obj)
        return ((None, {"fields": ("username", "display_name", "email", "role", "works_in", "is_active")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return (*self.readonly_fields, "works_in", "password_link") if obj else ()

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if "shops" in form.base_fields:
            person = cast(User, request.user)
            # The declared field is shared by all requests: this person's choices go into a copy.
            shops: Any = deepcopy(form.base_fields["shops"])
            shops.queryset = Shop.objects.for_shops_of(person).order_by("name")
            shops.required = not person.is_superuser
            form.base_fields["shops"] = shops
        return form

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        by = cast(User, request.user)
        if change:
            _change(User.objects.get(pk=obj.pk), form, by=by)
        else:
            obj.pk, obj._state.adding = _invite(form.cleaned_data, by=by).pk, False

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The verbs have saved the shops."""

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> HttpResponse:
        response = super().user_change_password(request, id, form_url)
        if response.status_code == 302 and (person := self.get_object(request, id)):
            actions.note_new_password(person=person, by=cast(User, request.user), at=clock.now())
        return response

    @badge(_("role"), ordering="role")
    def role_badge(self, person: User) -> tuple[str, str]:
        return ROLE_COLOUR[Role(person.role)], person.get_role_display()

    @badge(_("state"), ordering="is_active")
    def active_badge(self, person: User) -> tuple[str, str]:
        return ("success", str(_("Active"))) if person.is_active else ("", str(_("Suspended")))

    @admin.display(description=_("password"))
    def password_link(self, person: User) -> str:
        address = reverse("admin:auth_user_password_change", args=[person.pk])
        words = _("Set a new one") if person.has_usable_password() else _("None yet: set one")
        return format_html(
            '<a class="text-primary-600 dark:text-primary-500" href="{}">{}</a>', address, words
        )

    @admin.display(description=_("shops"))
    def works_in(self, person: User) -> str:
        return ", ".join(shop.name for shop in person.shops.all())


def _invite(told: dict[str, Any], *, by: User) -> User:
    return actions.invite(
        username=told["username"],
        display_name=told["display_name"],
        role=told["role"],
        shop_ids=[shop.pk for shop in told["shops"]],
        password=told.get("password1") or None,
        by=by,
        at=clock.now(),
    )


def _change(person: User, form: Any, *, by: User) -> None:
    """One verb for each thing that the form changed."""
    at, told, changed = clock.now(), form.cleaned_data, set(form.changed_data)
    if changed & {"display_name", "email"}:
        actions.rename(person=person, display_name=told["display_name"], email=told["email"], by=by, at=at)
    if "role" in changed:
        actions.set_role(person=person, role=told["role"], by=by, at=at)
    if "is_active" in changed:
        verb = actions.reinstate if told["is_active"] else actions.suspend
        verb(person=person, by=by, at=at)
    if "shops" in changed:
        actions.set_shops(person=person, shop_ids=[shop.pk for shop in told["shops"]], by=by, at=at)
