from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def forget_matchers(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Trained matchers of the format before cannot be read: each shop is trained anew by the job that hears verdicts."""
    apps.get_model("kb", "MatcherArtefact").objects.all().delete()
    apps.get_model("kb", "KnowledgeBase").objects.update(trained_release=0, trained_at=None)


class Migration(migrations.Migration):
    dependencies = [("kb", "0012_night_is_at_night")]
    operations = [migrations.RunPython(forget_matchers, migrations.RunPython.noop)]
