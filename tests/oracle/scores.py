"""The official assessment, recomputed from an assessment's row by the printed bands."""

from decimal import Decimal
from fractions import Fraction

from tests.oracle.numbering import half_up

# (number of the criterion, column of its volume, column of its base, unit), in the printed order.
CRITERIA = (
    ("1a", "building_irregularity", "buildings", "unit"),
    ("1b", "building_density_ha", "area_ha", "Ha"),
    ("1c", "building_nonconformity", "buildings", "unit"),
    ("2a", "road_uncovered_m", "ideal_road_m", "m"),
    ("2b", "road_damaged_m", "ideal_road_m", "m"),
    ("3a", "water_no_access", "households", "KK"),
    ("3b", "water_shortage", "households", "KK"),
    ("4a", "drainage_flooded_ha", "area_ha", "Ha"),
    ("4b", "drainage_missing_m", "ideal_drainage_m", "m"),
    ("4c", "drainage_poor_m", "ideal_drainage_m", "m"),
    ("5a", "sewage_system", "households", "KK"),
    ("5b", "sewage_facilities", "households", "KK"),
    ("6a", "waste_facilities", "households", "KK"),
    ("6b", "waste_system", "households", "KK"),
    ("7a", "fire_infrastructure", "buildings", "unit"),
    ("7b", "fire_equipment", "buildings", "unit"),
)
CLASSES = ((60, "Kumuh berat"), (38, "Kumuh sedang"), (16, "Kumuh ringan"), (0, "Tidak kumuh"))
SLUM = 16


def percent_of(volume, base) -> Fraction:
    """Two decimals, halves up; 0 where there is nothing to measure against."""
    if not base:
        return Fraction(0)
    return Fraction(half_up(Fraction(volume) * 100 / Fraction(base), 2), 100)


def score_of(percent) -> int:
    if percent >= 76:
        return 5
    if percent >= 51:
        return 3
    return 1 if percent >= 25 else 0


class Score:
    """The result of an assessment's row; `less` takes volumes off criteria, never below 0."""

    def __init__(self, row: dict, less: dict | None = None):
        self.row = row
        self.volumes, self.percents, self.scores = {}, {}, {}
        for key, column, base, _ in CRITERIA:
            volume = max(Decimal(0), row[column] - (less or {}).get(key, Decimal(0)))
            self.volumes[key] = volume
            self.percents[key] = percent_of(volume, row[base])
            self.scores[key] = score_of(self.percents[key])

    @property
    def total(self) -> int:
        return sum(self.scores.values())

    @property
    def class_name(self) -> str:
        return next(name for lowest, name in CLASSES if self.total >= lowest)

    @property
    def lowest(self) -> int:
        """The lowest total of its class."""
        return next(lowest for lowest, _ in CLASSES if self.total >= lowest)

    @property
    def slum_ha(self) -> Decimal:
        return self.row["area_ha"] if self.total >= SLUM else Decimal(0)

    def aspect_score(self, number: int) -> int:
        return sum(score for key, score in self.scores.items() if key[0] == str(number))

    def aspect_mean(self, number: int) -> Fraction:
        mine = [share for key, share in self.percents.items() if key[0] == str(number)]
        return sum(mine) / len(mine)

    @property
    def sectoral(self) -> Fraction:
        """The mean of the seven aspects' means."""
        return sum(self.aspect_mean(number) for number in range(1, 8)) / 7

    def causes(self) -> list[str]:
        """Criteria that cost points, the costliest first, then the larger share, then in order."""
        costing = [key for key in self.scores if self.scores[key]]
        return sorted(costing, key=lambda key: (-self.scores[key], -self.percents[key], key))


def is_complete(row: dict) -> bool:
    return all(row[column] is not None for _, column, _, _ in CRITERIA)


def counted(rows, neighbourhoods, year: int) -> list[dict]:
    """Return of each of these RTs the last verified assessment of a year or before."""
    found = {}
    for row in sorted(rows, key=lambda each: each["year"]):
        if (
            row["neighbourhood_id"] in neighbourhoods
            and row["status"] == "verified"
            and row["year"] <= year
        ):
            found[row["neighbourhood_id"]] = row
    return list(found.values())
