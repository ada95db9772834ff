"""A list of small forms as one field of a larger form."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BaseFormSet
from django.utils.translation import gettext_lazy as _


class FormSetWidget(forms.Widget):
    """Shows the small forms; its value is the formset that was sent, None when none was."""

    use_fieldset = True

    def __init__(self, formset: type[BaseFormSet[Any]], template_name: str) -> None:
        super().__init__()
        self.formset, self.template_name = formset, template_name

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, None, attrs)
        if not isinstance(value, BaseFormSet):
            value = self.formset(initial=value or [], prefix=name)
        return context | {"formset": value}

    def value_from_datadict(self, data: Any, files: Any, name: str) -> BaseFormSet[Any] | None:
        return self.formset(data, prefix=name) if f"{name}-TOTAL_FORMS" in data else None

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}-TOTAL_FORMS" not in data

    def id_for_label(self, id_: str) -> str:
        return ""


class FormSetField(forms.Field):
    """Cleans to what every small form that stays is worth, or to None when no formset was sent."""

    def __init__(self, formset: type[BaseFormSet[Any]], template_name: str, **kwargs: Any) -> None:
        super().__init__(required=False, widget=FormSetWidget(formset, template_name), **kwargs)

    def clean(self, value: BaseFormSet[Any] | None) -> tuple[Any, ...] | None:
        if value is None:
            return None
        if not value.is_valid():
            raise ValidationError(_("Correct what is marked here."), code="invalid")
        return tuple(form.worth() for form in _staying(value))

    def has_changed(self, initial: Any, data: BaseFormSet[Any] | None) -> bool:
        return data is not None and data.has_changed()


def _staying(formset: BaseFormSet[Any]) -> Iterable[Any]:
    return (form for form in formset if form.cleaned_data and not form.cleaned_data.get("DELETE"))
