from django.db import migrations, models

STATES = [
    ("draft", "Draf"),
    ("submitted", "Diajukan"),
    ("returned", "Dikembalikan"),
    ("approved", "Disahkan"),
    ("none", "Tidak ada notulen"),
]
MEETING_EVENTS = [
    ("schedule", "Rapat: menjadwalkan"),
    ("finish", "Rapat: menandai selesai"),
    ("cancel", "Rapat: membatalkan"),
    ("reopen", "Rapat: membuka kembali"),
    ("correct", "Rapat: memperbaiki sumbernya"),
    ("submit", "Notulen: mengajukan"),
    ("approve", "Notulen: mengesahkan"),
    ("return", "Notulen: mengembalikan"),
    ("attach", "Lampiran: menambah"),
    ("detach", "Lampiran: menghapus"),
]


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0008_clean_text"),
    ]

    operations = [
        migrations.AddField(
            model_name="meeting",
            name="source",
            field=models.CharField(
                choices=[("own", "Catatan rapat sendiri"), ("news", "Disusun dari berita")],
                default="own",
                help_text="Rapat yang disusun dari berita tidak mempunyai notulen dan keputusan.",
                max_length=4,
                verbose_name="sumber catatan",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ("own", "news"))),
                name="meeting_source_known",
                violation_error_message="Sumber catatan tidak dikenal.",
            ),
        ),
        migrations.AddConstraint(
            model_name="meeting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("source", "news"), _negated=True),
                    models.Q(
                        ("invited_at__isnull", True),
                        ("letter_number", ""),
                        ("minutes_sent_at__isnull", True),
                        ("state", "done"),
                    ),
                    _connector="OR",
                ),
                name="meeting_from_news_has_no_papers",
                violation_error_message=(
                    "Rapat yang disusun dari berita sudah berlangsung, tanpa surat, undangan, dan notulen."
                ),
            ),
        ),
        migrations.AlterField(
            model_name="minutes",
            name="state",
            field=models.CharField(
                choices=STATES, default="draft", max_length=10, verbose_name="keadaan"
            ),
        ),
        migrations.RemoveConstraint(model_name="minutes", name="minutes_state_known"),
        migrations.RemoveConstraint(model_name="minutes", name="minutes_submitted_paired"),
        migrations.RemoveConstraint(model_name="minutes", name="minutes_decided_paired"),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ("draft", "submitted", "returned", "approved", "none"))
                ),
                name="minutes_state_known",
                violation_error_message="Keadaan notulen tidak dikenal.",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("draft", "none")),
                        ("submitted_at__isnull", True),
                        ("submitted_by__isnull", True),
                    ),
                    models.Q(
                        ("state__in", ("submitted", "returned", "approved")),
                        ("submitted_at__isnull", False),
                        ("submitted_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="minutes_submitted_paired",
                violation_error_message="Yang mengajukan dan waktunya harus tercatat bersama.",
            ),
        ),
        migrations.AddConstraint(
            model_name="minutes",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("decided_at__isnull", True),
                        ("decided_by__isnull", True),
                        ("state__in", ("draft", "submitted", "none")),
                    ),
                    models.Q(
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                        ("state__in", ("returned", "approved")),
                    ),
                    _connector="OR",
                ),
                name="minutes_decided_paired",
                violation_error_message="Yang memutuskan dan waktunya harus tercatat bersama.",
            ),
        ),
        migrations.AlterField(
            model_name="meetingevent",
            name="kind",
            field=models.CharField(choices=MEETING_EVENTS, max_length=10, verbose_name="peristiwa"),
        ),
        migrations.RemoveConstraint(
            model_name="meetingevent", name="meeting_event_text_where_required"
        ),
        migrations.AddConstraint(
            model_name="meetingevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("kind__in", ("cancel", "return", "attach", "detach", "correct")),
                        _negated=True,
                    ),
                    models.Q(("text", ""), _negated=True),
                    _connector="OR",
                ),
                name="meeting_event_text_where_required",
                violation_error_message="Tulis alasan atau nama berkasnya.",
            ),
        ),
        migrations.AlterField(
            model_name="articleevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("publish", "Berita: menerbitkan"),
                    ("withdraw", "Berita: menarik"),
                    ("correct", "Berita: memperbaiki isinya"),
                ],
                max_length=10,
                verbose_name="peristiwa",
            ),
        ),
    ]
