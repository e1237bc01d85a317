"""The kinds of sheets that can be imported, one module each, registered here.

To add a kind, write a subclass of `SheetKind` in its own module, add an instance below, and add
its key and name to `ImportRun.Kind`.
"""

from areas.importing.kinds.assessments import AssessmentSheet
from areas.importing.kinds.baselines import BaselineSheet
from areas.importing.kinds.figures import FigureSheet

# The page offers the templates in this order.
KINDS = {kind.key: kind for kind in (FigureSheet(), BaselineSheet(), AssessmentSheet())}
