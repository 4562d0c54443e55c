"""Decisions: what people say of what the machine read, kept beside the tables and put into them."""

from pipeline.decisions.amend import Amendments, added_item
from pipeline.decisions.current import added_row, current_tables
from pipeline.decisions.dates import shown_date
from pipeline.decisions.decision import Action, Cells, Decision, Entry, Subject, SubjectKind
from pipeline.decisions.evidence import (
    FIELDS,
    addition_id,
    field_id,
    is_as_seen,
    said_of_addition,
    seen_of_addition,
    seen_of_field,
    seen_of_item,
    seen_of_problem,
)
from pipeline.decisions.log import DecisionLog, Ledger, Overtaken, find_log, ledger_of, mark_of, open_log
from pipeline.decisions.standing import STATES, Standing, State, standing
from pipeline.decisions.tables import ADDED, ReportTables, Row, as_machine_read, machine_tables, reports_in
from pipeline.decisions.values import DATES, EDITABLE, NUMBERS, corrected, corrected_field, reviewer_name, shown

__all__ = [
    "ADDED",
    "DATES",
    "EDITABLE",
    "FIELDS",
    "NUMBERS",
    "STATES",
    "Action",
    "Amendments",
    "Cells",
    "Decision",
    "DecisionLog",
    "Entry",
    "Ledger",
    "Overtaken",
    "ReportTables",
    "Row",
    "Standing",
    "State",
    "Subject",
    "SubjectKind",
    "added_item",
    "added_row",
    "addition_id",
    "as_machine_read",
    "corrected",
    "corrected_field",
    "current_tables",
    "field_id",
    "find_log",
    "is_as_seen",
    "ledger_of",
    "machine_tables",
    "mark_of",
    "open_log",
    "reports_in",
    "reviewer_name",
    "said_of_addition",
    "seen_of_addition",
    "seen_of_field",
    "seen_of_item",
    "seen_of_problem",
    "shown",
    "shown_date",
    "standing",
]
