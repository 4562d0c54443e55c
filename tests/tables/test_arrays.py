"""Arrow arrays made of buffers: equal to those of pyarrow, and without pandas."""

from __future__ import annotations

import subprocess
import sys

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.tables.arrays import array_of

KINDS = {
    pa.string(): st.text(),
    pa.int64(): st.integers(-(2**63), 2**63 - 1),
    pa.float64(): st.floats(allow_nan=False),
    pa.date32(): st.dates(),
}
MADE = """
import sys
from pathlib import Path
from pipeline.tables import dataset
from pipeline.tables.columns import TABLES
for table in TABLES:
    dataset.write_part(Path(sys.argv[1]), table, 0, 0, [])
print("pandas" in sys.modules)
"""


@given(st.data(), st.sampled_from(list(KINDS)))
def test_an_array_is_the_one_that_pyarrow_makes(data, kind):
    values = data.draw(st.lists(st.none() | KINDS[kind], max_size=40))
    made = array_of(values, kind)
    made.validate(full=True)
    assert made.equals(pa.array(values, kind))
    assert made.null_count == values.count(None)


def test_what_a_type_cannot_hold_is_refused():
    with pytest.raises(OverflowError):
        array_of([2**63], pa.int64())


def test_tables_are_written_without_pandas(tmp_path):
    told = subprocess.run([sys.executable, "-c", MADE, str(tmp_path)], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
