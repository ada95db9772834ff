"""Tokens for the API: made and revoked by whoever may, the secret shown once."""

from typing import Any, cast

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminSplitDateTimeWidget

from cscore.accounts.guarded_admin import badge
from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce import tokens
from cscore.commerce.models import ApiToken
from cscore.commerce.scopes import Scope
from cscore.commerce.tenant_admin import TenantAdmin
from cscore.common import clock
from cscore.common.errors import NotFound, Refusal


class TokenForm(forms.ModelForm[ApiToken]):
    scopes = forms.MultipleChoiceField(
        label=gettext_lazy("It may"), choices=Scope.choices, widget=UnfoldAdminCheckboxSelectMultipleWidget
    )
    expires_at = forms.SplitDateTimeField(
        label=gettext_lazy("Ends at"),
        required=False,
        widget=UnfoldAdminSplitDateTimeWidget,
        help_text=gettext_lazy("Empty: it is good until somebody revokes it."),
    )

    class Meta:
        model = ApiToken
        fields = ("shop", "name", "scopes", "expires_at")

    def clean_expires_at(self) -> Any:
        ends = self.cleaned_data["expires_at"]
        if ends is not None and ends <= clock.now():
            raise forms.ValidationError(str(tokens.EndsBeforeItBegins()))
        return ends


@admin.register(ApiToken)
class ApiTokenAdmin(TenantAdmin):
    view_permission = Permission.API_TOKENS
    change_permission = Permission.API_TOKENS
    form = TokenForm
    list_display = ("name", "beginning", "granted", "state", "last_used", "expires_at", "created_by", "shop")
    list_select_related = ("shop", "created_by")
    search_fields = ("name", "hint")
    search_help_text = gettext_lazy("Name or beginning")
    ordering = ("-created_at", "-pk")
    change_form_outer_before_template = "commerce/token_top.html"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        if obj is None:
            return ("shop", "name", "scopes", "expires_at")
        times = ("created_at", "created_by", "last_used", "expires_at", "revoked_at")
        return ("shop", "name", "beginning", "granted", *times)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.get_fields(request, obj) if obj else ()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A token is made and revoked, never changed."""
        return obj is None and super().has_change_permission(request)

    def save_model(self, request: HttpRequest, obj: ApiToken, form: Any, change: bool) -> None:
        told = form.cleaned_data
        token, secret = tokens.make_token(
            shop=told["shop"],
            name=told["name"],
            scopes=told["scopes"],
            expires_at=told["expires_at"],
            by=cast(User, request.user),
            at=clock.now(),
        )
        obj.pk, obj._state.adding, obj.hint = token.pk, False, token.hint
        # For the one page that shows it, the answer to this very request.
        request.META["token_made"] = secret

    def response_add(
        self, request: HttpRequest, obj: ApiToken, post_url_continue: str | None = None
    ) -> HttpResponse:
        """The secret in the page itself: a message or a redirect would leave it in a session or an address."""
        context = self.admin_site.each_context(request) | {
            "title": _("Token made"),
            "token": obj,
            "secret": request.META["token_made"],
            "api": request.build_absolute_uri("/api/v1/articles/"),
        }
        return render(request, "commerce/token_made.html", context)

    def get_urls(self) -> list[URLPattern]:
        revoke = self.admin_site.admin_view(require_POST(self.revoke))
        address = path("<int:token_id>/revoke/", revoke, name="commerce_apitoken_revoke")
        return [address, *super().get_urls()]

    def revoke(self, request: HttpRequest, token_id: int) -> HttpResponse:
        token = self.get_queryset(request).filter(pk=token_id).first()
        if token is None or not self.has_view_permission(request):
            raise NotFound
        try:
            tokens.revoke_token(token=token, by=cast(User, request.user), at=clock.now())
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Revoked: nobody gets in with it any more."))
        return redirect(reverse("admin:commerce_apitoken_change", args=[token_id]))

    @admin.display(description=gettext_lazy("begins with"))
    def beginning(self, token: ApiToken) -> str:
        return f"{token.hint}…"

    @admin.display(description=gettext_lazy("may"))
    def granted(self, token: ApiToken) -> str:
        return ", ".join(str(Scope(scope).label) for scope in token.scopes)

    @admin.display(description=gettext_lazy("last used"), ordering="used_at")
    def last_used(self, token: ApiToken) -> str | None:
        return f"{timezone.localtime(token.used_at):%Y-%m-%d %H:%M}" if token.used_at else None

    @badge(gettext_lazy("state"))
    def state(self, token: ApiToken) -> tuple[str, str]:
        if token.revoked_at:
            return "danger", _("Revoked")
        if token.expires_at and token.expires_at <= clock.now():
            return "", _("Ended")
        return "success", _("Good")
