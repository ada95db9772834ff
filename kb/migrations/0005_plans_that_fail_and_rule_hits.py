import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kb", "0004_answers_workflow_and_help")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="plan_refused",
            field=models.CharField(
                blank=True, default="", editable=False, max_length=500, verbose_name="why the plan failed"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="knowledgebase",
            name="review_days",
            field=models.PositiveSmallIntegerField(
                default=180,
                help_text="Days after an article went live or was confirmed. 0: articles never grow stale.",
                verbose_name="look at articles again after",
            ),
        ),
        migrations.CreateModel(
            name="RuleHit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("rule", models.CharField(max_length=60, verbose_name="wording rule")),
                ("blocks", models.BooleanField(verbose_name="blocks")),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="hits",
                        to="kb.articleversion",
                        verbose_name="version",
                    ),
                ),
            ],
            options={
                "verbose_name": "rule that finds something",
                "verbose_name_plural": "rules that find something",
                "indexes": [models.Index(fields=["rule"], name="rule_hit_by_rule")],
                "constraints": [
                    models.UniqueConstraint(fields=("version", "rule"), name="rule_hit_once_per_version")
                ],
            },
        ),
    ]
