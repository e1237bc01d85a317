"""Assessments as django-import-export sees them: a plan is carried out, all rows or none."""

from areas.importing.resources import PlannedResource
from areas.models import Assessment, Neighbourhood


class AssessmentResource(PlannedResource):
    """Assessments of RTs; options: by, sheet. They arrive as submitted; missing RTs are added."""

    class Meta:
        model = Assessment
        import_id_fields = ()
        use_bulk = True
        skip_diff = True

    def write(self, rows) -> None:
        """Take the assessments over, each with its line of history."""
        sample = self.run.programme.is_sample
        for row in rows:
            said = row.statement
            assessment = row.assessment
            if assessment is None:
                rt, _ = Neighbourhood.objects.get_or_create(
                    village_id=said.village.pk,
                    rt=said.rt,
                    rw=said.rw,
                    is_sample=sample,
                    defaults={"hamlet": said.hamlet},
                )
                assessment = Assessment(neighbourhood=rt, year=said.year)
            values = {**said.values, "assessor": said.values["assessor"] or self.run.name[:120]}
            if said.note:
                values["note"] = said.note
            assessment.take_over(by=self.options["by"], values=values, source=self.source(row))
