from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.utils import timezone

# Rules begin and end with the day; training waits until hardly anybody writes.
HOURS = {"kb-wording": (0, 5), "kb-verdicts": (3, 10)}


def at_night(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    """Until now they ran at the hour at which the shop was installed."""
    for name, (hour, minute) in HOURS.items():
        today = timezone.localtime().replace(hour=hour, minute=minute, second=0, microsecond=0)
        apps.get_model("django_q", "Schedule").objects.filter(name=name).update(
            next_run=today + timedelta(days=1)
        )


class Migration(migrations.Migration):
    dependencies = [("kb", "0011_moves_of_golden_questions"), ("django_q", "0017_task_cluster_alter")]
    operations = [migrations.RunPython(at_night, migrations.RunPython.noop)]
