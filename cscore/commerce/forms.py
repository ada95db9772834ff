"""The shape of what staff type about shops and people."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.forms import UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminTextareaWidget

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from cscore.commerce.rules import is_origin


class OriginsField(forms.CharField):
    """A list of origins, one a line."""

    widget = UnfoldAdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> Any:
        return [line.strip() for line in (value or "").splitlines() if line.strip()]

    def validate(self, value: Any) -> None:
        for origin in value:
            if not is_origin(origin):
                raise ValidationError(
                    _("“%(origin)s” is not a full origin such as https://shop.example.com."),
                    params={"origin": origin},
                )

    def run_validators(self, value: Any) -> None:
        """The validators of a text do not fit a list; validate() has said all."""

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool((initial or []) != self.to_python(data))


class ShopForm(forms.ModelForm[Shop]):
    widget_origins = OriginsField(
        label=_("Pages that may show the chat"),
        required=False,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 3}),
        help_text=_("One full origin a line, such as https://shop.example.com."),
    )

    class Meta:
        model = Shop
        fields = ("key", "name", "language", "widget_origins")


def _shops_field() -> forms.ModelMultipleChoiceField[Shop]:
    return forms.ModelMultipleChoiceField(
        Shop.objects.none(), label=_("Shops"), widget=UnfoldAdminCheckboxSelectMultipleWidget
    )


class InviteForm(UserCreationForm):  # type: ignore[misc]
    shops = _shops_field()

    class Meta:
        model = User
        fields = ("username", "display_name", "role")


class PersonForm(forms.ModelForm[User]):
    shops = _shops_field()

    class Meta:
        model = User
        fields = ("display_name", "email", "role", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "shops" in self.fields:
            self.initial["shops"] = list(self.instance.shops.all())
