import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("kb", "0006_plans_each_minute_wording_each_day")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="merged_into",
            field=models.ForeignKey(
                editable=False,
                help_text="When that article is published, this one goes.",
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="taken_in",
                to="kb.article",
                verbose_name="taken into",
            ),
        ),
        migrations.AddField(
            model_name="release",
            name="despite",
            field=models.CharField(
                blank=True, default="", max_length=500, verbose_name="why in spite of golden questions"
            ),
            preserve_default=False,
        ),
    ]
