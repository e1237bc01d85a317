from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Slum areas: villages, decree periods, yearly figures and their progress."""

    name = "areas"
    verbose_name = "Luas kumuh"

    def ready(self):
        """Show what waits for each person on the home page, and let villages and activities be found."""
        from areas.search import find_activities, find_villages
        from areas.work import assessment_work, waiting_work
        from kotaku import contributions

        contributions.work_items.extend((waiting_work, assessment_work))
        contributions.search_sources.extend((find_villages, find_activities))
