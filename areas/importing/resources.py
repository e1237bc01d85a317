"""Baselines, figures, villages and periods as django-import-export sees them.

The site's import page and the admin use the same resources. Reading a file and deciding about
its rows is `plan`'s; a resource carries a plan out, in one transaction or not at all. The
library's own dry run would write everything and roll it back, holding the database's lock while
a person reads; so a preview is the plan itself.
"""

from import_export import fields, resources
from import_export.widgets import Widget
from tablib import Dataset

from areas.importing.plan import Outcome, Plan
from areas.importing.planning import says_same
from areas.models import Baseline, Entry, Programme, Status, Village, YearlyFigure, summarised
from areas.models.figure_import import ImportedFigure, import_figures
from kotaku.models import User
from kotaku.spreadsheets.tables import TEXT, Column, Table

CHUNK = 2000


class AsIs(Widget):
    """Leaves numbers, texts and None alone: the writers know how each format says them."""

    def render(self, value, obj=None, **kwargs):
        """Return the value itself."""
        return value


def column(attribute: str, name: str, widget: Widget | None = None) -> fields.Field:
    """Return an exported column."""
    return fields.Field(attribute=attribute, column_name=name, widget=widget or AsIs())


def resource_table(resource, queryset) -> Table:
    """Return what a resource exports of these rows, made while it is written.

    A Decimal, a date or a moment stays one, for the writers to say in their own format.
    """
    columns = [Column(name, TEXT, "") for name in resource.get_export_headers()]
    related = queryset.select_related(*resource.related)
    return Table(columns, (resource.export_resource(row) for row in related.iterator(CHUNK)))


class PlannedResource(resources.ModelResource):
    """A resource that carries a plan out: rows are decided already, and written together."""

    def __init__(self, plan: Plan | None = None, run=None, **options):
        super().__init__()
        self.plan, self.run, self.options = plan, run, options
        self.to_write = []

    def carry_out(self) -> None:
        """Write the plan's rows in one transaction. Raises what the verbs raise; then nothing is."""
        dataset = Dataset(headers=["baris"])
        dataset.extend([row.statement.place] for row in self.plan.rows)
        self.import_data(dataset, use_transactions=True, raise_errors=True)

    def before_import_row(self, row, row_number=None, **kwargs):
        """Take the row's plan; a wrong row stops everything."""
        self.planned = self.plan.rows[row_number - 1]
        if self.planned.outcome == Outcome.WRONG:
            raise ValueError(self.planned.sentence)

    def get_or_init_instance(self, instance_loader, row):
        """Return what the plan has found already."""
        return self.Meta.model(), self.planned.outcome == Outcome.NEW

    def import_instance(self, instance, row, **kwargs):
        """The verbs set the values."""

    def skip_row(self, instance, original, row, import_validation_errors=None):
        """Pass over what is the same and what was left out."""
        return not self.planned.writes

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        """The plan has checked the row, and the verbs check it again."""

    def save_instance(self, instance, is_create, row, **kwargs):
        """Collect the row: all of them are written together."""
        self.to_write.append(self.planned)

    def after_import(self, dataset, result, **kwargs):
        """Write the collected rows."""
        self.write(self.to_write)

    def write(self, rows) -> None:
        """Carry out the rows that change something, through the models' verbs."""
        raise NotImplementedError

    def source(self, row) -> str:
        """Return what the history says about where a row is from."""
        return self.run.source_of(self.options["sheet"], row.statement.place)

    def reason(self, row) -> str:
        """Return the row's own reason, or the one typed for all that need one."""
        needs = row.needs_reason or row.outcome == Outcome.CHANGED
        return row.statement.reason or (self.options.get("reason", "") if needs else "")


class BaselineResource(PlannedResource):
    """The villages' baselines; options: by, sheet, reason."""

    related = ("programme", "village__district")
    programme = column("programme__slug", "periode")
    code = column("village__code", "kode_desa")
    village = column("village__full_name", "desa_kelurahan")
    district = column("village__district__name", "kecamatan")
    area_ha = column("area_ha", "baseline_ha")
    is_inferred = column("is_inferred", "disimpulkan")

    class Meta:
        model = Baseline
        fields = ("programme", "code", "village", "district", "area_ha", "is_inferred")
        export_order = fields
        import_id_fields = ()
        use_bulk = True
        skip_diff = True

    def write(self, rows) -> None:
        """Set up and change baselines, each with its line of history."""
        with summarised(row.statement.village.pk for row in rows):
            self._write(rows)

    def _write(self, rows):
        for row in rows:
            said = row.statement
            words = {"reason": self.reason(row), "source": self.source(row)}
            if row.baseline is None:
                baseline = Baseline(
                    programme=self.run.programme, village_id=said.village.pk, area_ha=said.area_ha
                )
                baseline.set_up(by=self.options["by"], **words)
            else:
                row.baseline.change(by=self.options["by"], area_ha=said.area_ha, **words)


class FigureResource(PlannedResource):
    """Yearly figures; options: by, sheet, reason, verified_by (None: they arrive as submitted)."""

    related = (
        "baseline__programme", "baseline__village__district",
        "entered_by", "submitted_by", "verified_by",
    )  # fmt: skip
    programme = column("baseline__programme__slug", "periode")
    is_sample = column("baseline__programme__is_sample", "data_contoh")
    code = column("baseline__village__code", "kode_desa")
    village = column("baseline__village__full_name", "desa_kelurahan")
    district = column("baseline__village__district__name", "kecamatan")
    year = column("year", "tahun")
    area_ha = column("area_ha", "sisa_ha")
    baseline_ha = column("baseline__area_ha", "baseline_ha")
    status = column("get_status_display", "status")
    note = column("note", "catatan")
    reason_ = column("reason", "alasan")
    return_reason = column("return_reason", "alasan_pengembalian")
    entered_by = column("entered_by", "diisi_oleh", Widget())
    entered_at = column("entered_at", "diisi_pada")
    submitted_by = column("submitted_by", "diajukan_oleh", Widget())
    submitted_at = column("submitted_at", "diajukan_pada")
    verified_by = column("verified_by", "diverifikasi_oleh", Widget())
    verified_at = column("verified_at", "diverifikasi_pada")
    as_of = column("as_of", "per_tanggal")
    is_inferred = column("baseline__is_inferred", "baseline_disimpulkan")

    class Meta:
        model = YearlyFigure
        fields = (
            "programme", "is_sample", "code", "village", "district", "year", "area_ha",
            "baseline_ha", "status", "note", "reason_", "return_reason", "entered_by", "entered_at",
            "submitted_by", "submitted_at", "verified_by", "verified_at", "as_of", "is_inferred",
        )  # fmt: skip
        export_order = fields
        import_id_fields = ()
        use_bulk = True
        skip_diff = True

    def write(self, rows) -> None:
        """Take figures over, and correct verified ones where an admin said so."""
        imported, corrections = [], []
        for row in rows:
            is_official = row.figure is not None and row.figure.status == Status.VERIFIED
            (corrections if is_official else imported).append(row)
        # First what is official: the others are held against it.
        for row in corrections:
            row.figure.baseline = row.baseline
            row.figure.correct(
                by=self.options["verified_by"],
                version=row.figure.version,
                area_ha=row.statement.area_ha,
                reason=self.reason(row),
                source=self.source(row),
            )
        import_figures(
            [self._imported(row) for row in imported],
            by=self.options["by"],
            verified_by=self.options["verified_by"],
            reason=self.options["reason"],
        )

    def _imported(self, row) -> ImportedFigure:
        said = row.statement
        is_kept = row.figure is not None and says_same(said, row.figure)
        if row.figure is not None:
            row.figure.baseline = row.baseline
        entry = Entry(
            area_ha=said.area_ha,
            # The record's own words, when they are the same, keep their line breaks.
            note="" if is_kept else said.note or "",
            is_confirmed=row.grows,
            reason=self.reason(row) if row.concerns or row.doubt else said.reason or "",
        )
        source = self.source(row)
        return ImportedFigure(row.baseline, said.year, entry, source, row.figure, said.as_of)


class VillageResource(resources.ModelResource):
    """Villages, for the admin's export."""

    related = ("district",)
    code = column("code", "kode_desa")
    name = column("name", "nama")
    kind = column("get_kind_display", "jenis")
    district_code = column("district__code", "kode_kecamatan")
    district = column("district__name", "kecamatan")
    latitude = column("latitude", "lintang")
    longitude = column("longitude", "bujur")

    class Meta:
        model = Village
        fields = ("code", "name", "kind", "district_code", "district", "latitude", "longitude")
        export_order = fields


class ProgrammeResource(resources.ModelResource):
    """Decree periods, for the admin's export."""

    related = ()
    slug = column("slug", "periode")
    name = column("name", "nama")
    decree_number = column("decree_number", "nomor_sk")
    decree_date = column("decree_date", "tanggal_sk")
    baseline_year = column("baseline_year", "tahun_baseline")
    decreed_ha = column("decreed_ha", "luas_menurut_sk_ha")
    target_year = column("target_year", "tahun_target")
    target_ha = column("target_ha", "target_ha")
    is_current = column("is_current", "berjalan")
    is_sample = column("is_sample", "data_contoh")
    source = column("source", "sumber")
    declared_ha = column("declared_ha", "total_tercatat_ha")

    class Meta:
        model = Programme
        fields = (
            "slug", "name", "decree_number", "decree_date", "baseline_year", "decreed_ha",
            "target_year", "target_ha", "is_current", "is_sample", "source", "declared_ha",
        )  # fmt: skip
        export_order = fields


class UserResource(resources.ModelResource):
    """Accounts without phone numbers and passwords, for the admin's export."""

    related = ()
    username = column("username", "nama_pengguna")
    full_name = column("get_full_name", "nama")
    position = column("position", "jabatan")
    role = column("get_role_display", "peran")
    is_active = column("is_active", "aktif")

    class Meta:
        model = User
        fields = ("username", "full_name", "position", "role", "is_active")
        export_order = fields
