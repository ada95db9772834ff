"""Spreadsheets in and out of the article list: upload, look at what would change, confirm."""

from typing import Any, ClassVar, cast

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django_q.tasks import async_task
from import_export.admin import ImportExportModelAdmin
from unfold.contrib.import_export.forms import ExportForm, ImportForm
from unfold.widgets import UnfoldAdminSelectWidget, UnfoldBooleanWidget

from cscore.accounts.models import User
from cscore.accounts.permissions import Permission
from cscore.commerce.models import Shop
from cscore.common import clock
from cscore.common.errors import Refusal
from kb import actions, import_runs
from kb.access import person_of
from kb.admin.lookalikes import warn_of_lookalikes
from kb.admin.replays import offer_replay
from kb.admin.uploads import ConfirmForm, WaitingUpload, signer
from kb.formats import SafeCsv, SafeXlsx
from kb.resources import ArticleResource


class UploadForm(ImportForm):  # type: ignore[misc]
    """Which file, into which shop, and whether it goes live at once."""

    shop = forms.ModelChoiceField(
        Shop.objects.none(), label=gettext_lazy("Shop"), widget=UnfoldAdminSelectWidget, empty_label=None
    )
    to_publish = forms.BooleanField(
        label=gettext_lazy("Publish at once"), required=False, widget=UnfoldBooleanWidget
    )
    field_order: ClassVar[Any] = ["resource", "shop", "import_file", "format", "to_publish"]

    def __init__(self, formats: Any, resources: Any, *, person: User, **kwargs: Any) -> None:
        super().__init__(formats, resources, **kwargs)
        shops = Shop.objects.for_shops_of(person).order_by("pk")
        self.fields["shop"].queryset = shops
        self.initial.setdefault("shop", shops.first())
        if not person.may(Permission.KB_PUBLISH):
            del self.fields["to_publish"]


class ExchangeAdmin(ImportExportModelAdmin):  # type: ignore[misc]
    """The list's import and export; mixed in before the page's own base class."""

    resource_classes: ClassVar[Any] = [ArticleResource]
    formats: ClassVar[Any] = [SafeXlsx, SafeCsv]
    import_template_name = "kb/import.html"
    import_form_class = UploadForm
    confirm_form_class = ConfirmForm
    export_form_class = ExportForm
    tmp_storage_class = WaitingUpload
    skip_admin_log = True

    def has_import_permission(self, request: HttpRequest) -> bool:
        return person_of(request).may(Permission.KB_EDIT)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return person_of(request).may(Permission.KB_VIEW)

    def get_import_form_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_import_form_kwargs(request)
        return kwargs | {"person": person_of(request)}

    def get_confirm_form_kwargs(self, request: HttpRequest, import_form: Any = None) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_confirm_form_kwargs(request, import_form)
        return kwargs | {"person": person_of(request)}

    def get_confirm_form_initial(self, request: HttpRequest, import_form: Any) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_confirm_form_initial(request, import_form)
        if import_form is None:
            return initial
        chosen = import_form.cleaned_data
        name = signer(person_of(request)).sign(initial["import_file_name"])
        publish = chosen.get("to_publish", False)
        return initial | {"import_file_name": name, "shop": chosen["shop"], "to_publish": publish}

    def get_import_resource_kwargs(self, request: HttpRequest, **kwargs: Any) -> dict[str, Any]:
        chosen = getattr(kwargs.get("form"), "cleaned_data", {})
        may_publish = person_of(request).may(Permission.KB_PUBLISH)
        return {"shop": chosen.get("shop"), "to_publish": may_publish and bool(chosen.get("to_publish"))}

    def add_data_read_fail_error_to_form(self, form: forms.Form, e: Exception) -> None:
        if not isinstance(e, Refusal):
            raise e
        form.add_error("import_file", str(e))

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """What takes longer than people wait for a page is done by a job, and a page shows how far it is."""
        form = self.create_confirm_form(request) if self.has_import_permission(request) else None
        if form is None or not form.is_valid() or not _is_long(form.cleaned_data["import_file_name"]):
            return cast(HttpResponse, super().process_import(request, **kwargs))
        chosen, person = form.cleaned_data, person_of(request)
        name = chosen["import_file_name"]
        import_runs.note(name, import_runs.Run())
        async_task(
            "kb.tasks.take_in",
            name,
            chosen["shop"].pk,
            person.pk,
            "xlsx" if int(chosen["format"]) == self.formats.index(SafeXlsx) else "csv",
            chosen["to_publish"] and person.may(Permission.KB_PUBLISH),
            get_language(),
            task_name=f"import into shop {chosen['shop'].pk}",
            # Its page has said that it failed: tried again, it would undo what people did about that.
            ack_failure=True,
        )
        return HttpResponseRedirect(reverse("kb:import_run", args=[signer(person).sign(name)]))

    def process_dataset(self, dataset: Any, form: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """As the library does, but a result that went wrong since the preview is said, and so is the release."""
        resource, began = ArticleResource(**self.get_import_resource_kwargs(request, form=form)), clock.now()
        result = resource.import_data(dataset, user=person_of(request))
        if resource.imported is not None:
            messages.success(request, actions.summary(resource.imported))
            if resource.shop is not None and resource.imported.release:
                warn_of_lookalikes(request, resource.shop.pk, resource.imported.release)
            elif resource.shop is not None:
                offer_replay(request, resource.shop, began)
        for error in result.base_errors:
            messages.error(request, str(error.error))
        for row in result.invalid_rows:
            messages.error(
                request, _("Row %(row)s: %(why)s") % {"row": row.number, "why": row.error.messages[0]}
            )
        return result

    def process_result(self, result: Any, request: HttpRequest) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:kb_article_changelist"))


def _is_long(name: str) -> bool:
    return import_runs.upload_of(name).stat().st_size > import_runs.LONG
