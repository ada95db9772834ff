from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAME = "chat-gaps"


def schedule(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={"func": "chat.tasks.find_gaps", "schedule_type": "I", "minutes": 60, "repeats": -1},
    )


def unschedule(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [("chat", "0006_follow_up_reason"), ("django_q", "0017_task_cluster_alter")]
    operations = [migrations.RunPython(schedule, unschedule)]
