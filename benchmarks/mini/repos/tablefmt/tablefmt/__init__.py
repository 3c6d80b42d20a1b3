"""Plain-text tables and CSV from lists of rows or dictionaries."""

from tablefmt.cells import align, cell_text
from tablefmt.csvout import to_csv
from tablefmt.records import Table
from tablefmt.table import format_table
from tablefmt.wrap import paragraph, wrap

__all__ = ["Table", "align", "cell_text", "format_table", "paragraph", "to_csv", "wrap"]
