"""Where an uploaded file waits for its confirmation: a private folder, under a name only the uploader can present."""

import secrets
import time
from typing import Any, ClassVar, Final

from django import forms
from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _
from import_export.forms import ConfirmImportForm
from import_export.tmp_storages import BaseStorage

from cscore.accounts.models import User
from cscore.commerce.models import Shop
from kb.import_runs import folder, upload_of

_KEPT_S: Final = 24 * 3600


class WaitingUpload(BaseStorage):  # type: ignore[misc]
    """django-import-export's storage, in VAR_DIR/imports; what was never confirmed is gone after a day."""

    def save(self, data: bytes) -> None:
        for old in folder().iterdir():
            if old.stat().st_mtime < time.time() - _KEPT_S:
                old.unlink(missing_ok=True)
        self.name = secrets.token_hex(16)
        upload_of(self.name).write_bytes(data)

    def read(self) -> bytes:
        return upload_of(self.name or "").read_bytes()

    def remove(self) -> None:
        upload_of(self.name or "").unlink(missing_ok=True)


class ConfirmForm(ConfirmImportForm):  # type: ignore[misc]
    """Carries the choices of the upload over; the file's name is signed for the person who uploaded it."""

    shop = forms.ModelChoiceField(Shop.objects.none(), widget=forms.HiddenInput)
    to_publish = forms.BooleanField(required=False, widget=forms.HiddenInput)

    class Media:
        css: ClassVar[Any] = {"all": ["kb/kb.css"]}

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        self.fields["shop"].queryset = Shop.objects.for_shops_of(person)

    def clean_import_file_name(self) -> str:
        try:
            name = signer(self.person).unsign(self.cleaned_data["import_file_name"])
        except BadSignature as forged:
            raise forms.ValidationError(_("Upload the file again.")) from forged
        if not upload_of(name).exists():
            raise forms.ValidationError(_("Upload the file again."))
        return name


def signer(person: User) -> Signer:
    """Signs names of files that this person uploaded."""
    return Signer(salt=f"kb.import.{person.pk}")
