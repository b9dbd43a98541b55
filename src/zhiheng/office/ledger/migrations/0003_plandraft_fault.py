"""A draft says why its paper could not be read."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("ledger", "0002_audit_is_only_added_to"),
    ]

    operations = [
        migrations.AddField(
            model_name="plandraft",
            name="fault",
            field=models.TextField(blank=True, verbose_name="读取失败的原因"),
        ),
    ]
