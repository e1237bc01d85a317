"""The kinds of sheets that can be imported, one module each, registered here.

A new kind is a subclass of `SheetKind` in a module of its own, an instance of it below, and its
key and name in `ImportRun.Kind`.
"""

from areas.importing.kinds.assessments import AssessmentSheet
from areas.importing.kinds.baselines import BaselineSheet
from areas.importing.kinds.figures import FigureSheet

# In the order in which the templates are offered.
KINDS = {kind.key: kind for kind in (FigureSheet(), BaselineSheet(), AssessmentSheet())}
