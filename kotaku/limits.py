"""How much the site promises to take in one form. Pure: standard library only."""

# Dates that can be meant; others are slips of the finger (0216, 20016).
FIRST_YEAR, LAST_YEAR = 1945, 2100
# Of one meeting.
MAX_AGENDA = 100
MAX_PARTICIPANTS = 400
# A kabupaten has up to 852 desa (Aceh Utara); its period shows them all in the admin.
MAX_BASELINES = 1000
# Criteria that one activity improves.
MAX_IMPROVEMENTS = 200
# No row has more fields, the admin's hidden ones included.
FIELDS_OF_A_ROW = 20
# What a form has beside its rows, a tick for each village of a kabupaten among it.
OTHER_FIELDS = 2000

MAX_FIELDS = OTHER_FIELDS + FIELDS_OF_A_ROW * max(
    MAX_AGENDA + MAX_PARTICIPANTS, MAX_BASELINES, MAX_IMPROVEMENTS
)
