"""Filters out of JSON values. Apart from the answers, which the window can do without when it starts."""

from guidelines_db.filters import NO_FILTERS, SearchFilters

_LAST_YEAR = 9999


def filters_from_values(values: object) -> SearchFilters:
    """Return the filters that ``asdict`` made ``values`` of; what does not fit, or is missing, does not restrict."""
    if not isinstance(values, dict):
        return NO_FILTERS
    lands, places = (
        tuple(name for name in names if isinstance(name, str)) if isinstance(names, list | tuple) else ()
        for names in (values.get("lands"), values.get("places"))
    )
    first, last = (
        year if type(year) is int and 0 <= year <= _LAST_YEAR else 0
        for year in (values.get("year_from"), values.get("year_to"))
    )
    return SearchFilters(lands, places, first, last)
