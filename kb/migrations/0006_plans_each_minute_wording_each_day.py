from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SCHEDULES = {
    "kb-plans": {"func": "kb.tasks.carry_out_plans", "schedule_type": "I", "minutes": 1},
    # Rules begin and end on a day without anybody saving them.
    "kb-wording": {"func": "kb.tasks.recheck_every_shop", "schedule_type": "D"},
}


def schedule(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    for name, fields in SCHEDULES.items():
        apps.get_model("django_q", "Schedule").objects.update_or_create(
            name=name, defaults=fields | {"repeats": -1}
        )


def unschedule(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("django_q", "Schedule").objects.filter(name__in=SCHEDULES).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("kb", "0005_plans_that_fail_and_rule_hits"),
        ("django_q", "0017_task_cluster_alter"),
    ]
    operations = [migrations.RunPython(schedule, unschedule)]
