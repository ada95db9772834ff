import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

NAME = "chat-say-planned"


def schedule(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("django_q", "Schedule").objects.update_or_create(
        name=NAME,
        defaults={"func": "chat.tasks.say_planned", "schedule_type": "I", "minutes": 1, "repeats": -1},
    )


def unschedule(apps: Apps, editor: BaseDatabaseSchemaEditor) -> None:
    apps.get_model("django_q", "Schedule").objects.filter(name=NAME).delete()


class Migration(migrations.Migration):
    dependencies = [
        ("chat", "0004_former_token"),
        ("kb", "0004_answers_workflow_and_help"),
        ("django_q", "0017_task_cluster_alter"),
    ]

    operations = [
        migrations.AddField("botturn", "questions", models.JSONField(default=list, verbose_name="questions")),
        migrations.AddField(
            "botturn", "wording", models.CharField(blank=True, max_length=20, verbose_name="wording")
        ),
        migrations.CreateModel(
            name="PlannedReply",
            fields=[
                (
                    "conversation",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="planned_reply",
                        serialize=False,
                        to="chat.conversation",
                        verbose_name="conversation",
                    ),
                ),
                ("body", models.TextField(max_length=4000, verbose_name="text")),
                ("parts", models.JSONField(default=list, verbose_name="cards")),
                ("due_at", models.DateTimeField(verbose_name="said at the latest")),
                (
                    "article_version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="kb.articleversion",
                        verbose_name="answered from",
                    ),
                ),
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="planned_reply",
                        to="chat.message",
                        verbose_name="question",
                    ),
                ),
            ],
            options={
                "verbose_name": "planned reply",
                "verbose_name_plural": "planned replies",
                "indexes": [models.Index(fields=["due_at"], name="planned_reply_due")],
            },
        ),
        migrations.RunPython(schedule, unschedule),
    ]
