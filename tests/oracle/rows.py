"""The record as plain rows: the only module of the oracle that asks the database."""

from dataclasses import dataclass

from django.apps import apps

TABLES = {
    "regions": "kotaku.Region",
    "districts": "areas.District",
    "villages": "areas.Village",
    "programmes": "areas.Programme",
    "targets": "areas.YearTarget",
    "baselines": "areas.Baseline",
    "figures": "areas.YearlyFigure",
    "bases": "areas.FigureBasis",
    "figure_events": "areas.FigureEvent",
    "baseline_events": "areas.BaselineEvent",
    "neighbourhoods": "areas.Neighbourhood",
    "assessments": "areas.Assessment",
    "assessment_events": "areas.AssessmentEvent",
    "activities": "areas.Activity",
    "funding": "areas.Funding",
    "improvements": "areas.Improvement",
    "questions": "areas.Question",
    "boards": "areas.CommunityBoard",
    "support": "areas.VillageSupport",
    "decisions": "meetings.Decision",
    "follow_ups": "meetings.FollowUp",
    "meetings": "meetings.Meeting",
    "minutes": "meetings.Minutes",
    "participants": "meetings.Participant",
    "articles": "meetings.Article",
    "users": "kotaku.User",
}


@dataclass(frozen=True)
class Rows:
    """Every table as a list of dicts, column → value, in the order in which the rows were made."""

    regions: list
    districts: list
    villages: list
    programmes: list
    targets: list
    baselines: list
    figures: list
    bases: list
    figure_events: list
    baseline_events: list
    neighbourhoods: list
    assessments: list
    assessment_events: list
    activities: list
    funding: list
    improvements: list
    questions: list
    boards: list
    support: list
    decisions: list
    follow_ups: list
    meetings: list
    minutes: list
    participants: list
    articles: list
    users: list


def load() -> Rows:
    """Read all tables, unfiltered and unsummed."""
    return Rows(
        **{
            name: list(apps.get_model(label)._base_manager.order_by("pk").values())
            for name, label in TABLES.items()
        }
    )
