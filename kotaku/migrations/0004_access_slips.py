"""When an admin handed a password out, and three more kinds of audit entries."""

from django.db import migrations, models

KINDS = [
    ("signed_in", "Masuk"),
    ("sign_in_failed", "Gagal masuk"),
    ("sign_in_locked", "Masuk dikunci sementara"),
    ("sign_in_released", "Kunci masuk dibuka"),
    ("signed_out", "Keluar"),
    ("password_changed", "Kata sandi diganti"),
    ("password_given", "Kata sandi dibuat admin, dengan slip"),
    ("reset_asked", "Tautan kata sandi diminta lewat email"),
    ("password_reset", "Kata sandi baru lewat tautan"),
    ("password_refused", "Kata sandi salah sesudah masuk"),
    ("session_ended", "Sesi diakhiri"),
    ("two_factor_on", "Verifikasi dua langkah aktif"),
    ("two_factor_off", "Verifikasi dua langkah dimatikan"),
    ("two_factor_reset", "Verifikasi dua langkah disetel ulang"),
    ("recovery_code_used", "Kode pemulihan dipakai"),
    ("recovery_codes_renewed", "Kode pemulihan dibuat baru"),
    ("account_created", "Akun dibuat"),
    ("access_changed", "Hak akses diubah"),
    ("contact_changed", "Kontak diubah"),
    ("calendar_renewed", "Alamat kalender dibuat baru"),
    ("exported", "Data diunduh"),
    ("refused", "Akses ditolak"),
]


class Migration(migrations.Migration):
    dependencies = [("kotaku", "0003_pwa")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="password_given_at",
            field=models.DateTimeField(
                blank=True, null=True, verbose_name="kata sandi diberikan admin pada"
            ),
        ),
        migrations.AlterField(
            model_name="auditevent",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=30, verbose_name="peristiwa"),
        ),
    ]
