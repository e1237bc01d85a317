from areas.models.event import FigureEvent
from areas.models.evidence import Evidence
from areas.models.figure import Entry, YearlyFigure
from areas.models.programme import Baseline, Programme, YearTarget
from areas.models.region import District, Village
from areas.models.states import StaleFigure, Status, TransitionNotAllowed

__all__ = [
    "Baseline",
    "District",
    "Entry",
    "Evidence",
    "FigureEvent",
    "Programme",
    "StaleFigure",
    "Status",
    "TransitionNotAllowed",
    "Village",
    "YearTarget",
    "YearlyFigure",
]
