import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("tickets", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="ticketevent",
            name="verb",
            field=models.CharField(
                choices=[
                    ("opened", "opened"),
                    ("moved", "moved"),
                    ("noted", "noted"),
                    ("assigned", "assigned"),
                ],
                default="moved",
                max_length=10,
                verbose_name="what",
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="ticketevent",
            name="assigned_to",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="assigned to",
            ),
        ),
    ]
