"""Where things are heading, with a score card: what the record's own past says of the next days.

    forecast(store, "ARM", "AZE") -> Forecast

Only the record is asked, never the clock, and never who the two are. `ranking` is another task: who is next, as the
literature on temporal knowledge graphs asks it. How it works: docs/forecast.md.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from detente.relating.forecast.forecasting import HORIZONS, Chance, Forecast, forecast
    from detente.relating.forecast.scorecard import ScoreCard

__all__ = ["HORIZONS", "Chance", "Forecast", "ScoreCard", "forecast"]


def __getattr__(name: str) -> Any:
    """What stands on numpy is loaded when it is first asked for."""
    if name not in __all__:
        raise AttributeError(name)
    from detente.relating.forecast import forecasting

    return getattr(forecasting, name)
