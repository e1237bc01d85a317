"""The maximum sizes of forms. Pure: standard library only."""

# The years of plausible dates; others are typing errors (0216, 20016).
FIRST_YEAR, LAST_YEAR = 1945, 2100
# Per meeting.
MAX_AGENDA = 100
MAX_PARTICIPANTS = 400
# A kabupaten has up to 852 desa (Aceh Utara); the admin shows all baselines of its period.
MAX_BASELINES = 1000
# Per activity.
MAX_IMPROVEMENTS = 200
# The most fields in a row, including hidden ones in the admin.
FIELDS_OF_A_ROW = 20
# Fields outside of rows, such as a tick for each village of a kabupaten.
OTHER_FIELDS = 2000

MAX_FIELDS = OTHER_FIELDS + FIELDS_OF_A_ROW * max(
    MAX_AGENDA + MAX_PARTICIPANTS, MAX_BASELINES, MAX_IMPROVEMENTS
)
