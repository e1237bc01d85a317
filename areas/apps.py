from django.apps import AppConfig


class AreasConfig(AppConfig):
    """Slum areas: villages, decree periods, yearly figures and their progress."""

    name = "areas"
    verbose_name = "Luas kumuh"

    def ready(self):
        """Contribute tasks, search results and audit trails to the site's pages."""
        from areas import record_checks, start_parts
        from areas.audit import audit_trails
        from areas.figures.to_do import assessment_work, waiting_work
        from areas.figures.unreported_regions import missing_work
        from areas.importing.retention import terms
        from areas.menu import menu_entries
        from areas.models import between_tables
        from areas.public.search import find_activities, find_villages
        from areas.questions.to_do import question_work
        from kotaku import contributions
        from kotaku.integrity import rules

        rules.RULES.extend(between_tables.RULES)
        rules.CHANGES.extend(between_tables.CHANGES)
        contributions.work_items.extend(
            (waiting_work, assessment_work, question_work, missing_work)
        )
        contributions.menu_entries.append(menu_entries)
        contributions.search_sources.extend((find_villages, find_activities))
        contributions.audit_trails.append(audit_trails)
        contributions.retention_terms.append(terms)
        contributions.record_histories.append(record_checks.record_histories)
        contributions.record_checks.append(record_checks.record_checks)
        contributions.admin_samples.append(start_parts.samples)
        contributions.admin_waits.append(start_parts.waits)
        contributions.admin_findings.append(start_parts.findings)
        contributions.setup_steps.append(start_parts.setup_steps)
        contributions.admin_lists.append(start_parts.lists)
