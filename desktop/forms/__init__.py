"""Questions of known form: lists and counts are answered from the database, comparisons searched side by side."""

from desktop.forms.compare import Comparison, search_sides
from desktop.forms.form import Demand, Filters, Form, FormAnswer, Kind, Level, Side
from desktop.forms.reading import answer_form, asks_who_lacks, read_form

__all__ = [
    "Comparison",
    "Demand",
    "Filters",
    "Form",
    "FormAnswer",
    "Kind",
    "Level",
    "Side",
    "answer_form",
    "asks_who_lacks",
    "read_form",
    "search_sides",
]
