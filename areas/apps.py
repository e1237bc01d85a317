from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Slum areas: villages, decree periods, yearly figures and their progress."""

    name = "areas"
    verbose_name = "Luas kumuh"

    def ready(self):
        """Show what waits for each person on the home page, and let villages be found."""
        from areas.audit import audit_trails
        from areas.search import find_villages
        from areas.work import assessment_work, waiting_work
        from kotaku import contributions

        contributions.work_items.extend((waiting_work, assessment_work))
        contributions.search_sources.append(find_villages)
        contributions.audit_trails.append(audit_trails)
