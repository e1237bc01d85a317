from areas.models.boundary import Boundary
from areas.models.entry import Entry
from areas.models.event import BaselineEvent, FigureEvent
from areas.models.evidence import Evidence
from areas.models.figure import YearlyFigure
from areas.models.import_run import ImportRun
from areas.models.programme import Baseline, Programme, YearTarget
from areas.models.region import District, Village
from areas.models.states import StaleFigure, Status, TransitionNotAllowed

__all__ = [
    "Baseline",
    "BaselineEvent",
    "Boundary",
    "District",
    "Entry",
    "Evidence",
    "FigureEvent",
    "ImportRun",
    "Programme",
    "StaleFigure",
    "Status",
    "TransitionNotAllowed",
    "Village",
    "YearTarget",
    "YearlyFigure",
]
