from areas.models.activity import Activity, ActivityStatus, PlanDocument
from areas.models.activity_event import ActivityEvent
from areas.models.activity_photo import ActivityPhoto
from areas.models.assessment import Assessment
from areas.models.assessment_event import AssessmentEvent
from areas.models.baseline import Baseline
from areas.models.boundary import Boundary
from areas.models.community_board import BoardEvent, CommunityBoard, VillageSupport
from areas.models.entry import Entry
from areas.models.event import BaselineEvent, FigureEvent
from areas.models.evidence import Evidence
from areas.models.figure import YearlyFigure
from areas.models.figure_basis import (
    FigureBasis,
    compute_figure,
    exact_slum_hectares,
    slum_hectares,
)
from areas.models.figure_reminder import FigureReminder
from areas.models.funding import Funding, FundingSource
from areas.models.import_reading import ImportPart, ImportReading
from areas.models.import_run import ImportRun
from areas.models.improvement import Improvement
from areas.models.neighbourhood import Neighbourhood
from areas.models.programme import Programme, YearTarget, current_of
from areas.models.programme_year import ProgrammeYear, summarised
from areas.models.question import Question, QuestionEvent, QuestionState
from areas.models.states import Status
from areas.models.village import District, Village

__all__ = [
    "Activity",
    "ActivityEvent",
    "ActivityPhoto",
    "ActivityStatus",
    "Assessment",
    "AssessmentEvent",
    "Baseline",
    "BaselineEvent",
    "BoardEvent",
    "Boundary",
    "CommunityBoard",
    "District",
    "Entry",
    "Evidence",
    "FigureBasis",
    "FigureEvent",
    "FigureReminder",
    "Funding",
    "FundingSource",
    "ImportPart",
    "ImportReading",
    "ImportRun",
    "Improvement",
    "Neighbourhood",
    "PlanDocument",
    "Programme",
    "ProgrammeYear",
    "Question",
    "QuestionEvent",
    "QuestionState",
    "Status",
    "Village",
    "VillageSupport",
    "YearTarget",
    "YearlyFigure",
    "compute_figure",
    "current_of",
    "exact_slum_hectares",
    "slum_hectares",
    "summarised",
]
