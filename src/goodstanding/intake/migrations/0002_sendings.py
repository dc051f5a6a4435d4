"""What sources sent in, the parts of what is still open, and the nonces of signatures."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='SeenNonce',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.TextField()),
                ('nonce', models.TextField()),
                ('at', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'seen_nonce',
                'constraints': [models.UniqueConstraint(fields=('key', 'nonce'), name='seen_nonce_once')],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.TextField(primary_key=True, serialize=False)),
                ('source', models.TextField()),
                ('feed', models.TextField()),
                ('way', models.TextField()),
                ('by', models.TextField()),
                ('file', models.TextField(default='')),
                ('stated', models.DateField()),
                ('idempotency', models.TextField(null=True)),
                ('asked', models.TextField(default='')),
                ('digest', models.TextField(default='')),
                ('opened_at', models.DateTimeField()),
                ('claimed_at', models.DateTimeField(null=True)),
                ('closed_at', models.DateTimeField(null=True)),
                ('position', models.BigIntegerField(null=True)),
                ('answer', models.TextField(default='')),
            ],
            options={
                'db_table': 'sending',
                'indexes': [models.Index(fields=['source', '-opened_at'], name='sending_newest')],
                'constraints': [models.UniqueConstraint(fields=('source', 'idempotency'), name='sending_once')],
            },
        ),
        migrations.CreateModel(
            name='SendingPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('digest', models.TextField()),
                ('rows', models.IntegerField()),
                ('content', models.BinaryField()),
                ('received_at', models.DateTimeField()),
                ('sending', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='register.sending')),
            ],
            options={
                'db_table': 'sending_part',
                'constraints': [models.UniqueConstraint(fields=('sending', 'number'), name='sending_part_once')],
            },
        ),
    ]
