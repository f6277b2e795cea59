"""Model: how each series is forecast, in words and as a formula, for the page, the command line and the documents."""

from dataclasses import dataclass

from analytics.forecast.expectation import BACKLOG, INFLOW, OUTFLOW
from analytics.period import Grain

INTERVALS = "intervals"


@dataclass(frozen=True)
class Model:
    """How `series` (or the `INTERVALS`) is forecast by `grain`: a `name`, plain `words`, and a `formula` in LaTeX.

    In all formulas t is the last known period, h the steps ahead, y what comes in, x what goes out, B what is open.
    """

    series: str
    name: str
    words: str
    formula: str
    grain: Grain


_WEEKS = Model(
    INFLOW,
    "Calendar profile times level",
    "How busy a week is compared with those around it is learned from the season, the days around Christmas and the "
    "holidays. A season counts only from 78 weeks on, and as far as it stands out from chance; a single burst, such as "
    "a mass import, is cut down first. With the profile taken out, the level is the mean of two readings: one that "
    "follows the latest weeks, as closely as served best in the past, and the plain mean of the last 13 weeks. The "
    "forecast is this level times the profile of the weeks to come.",
    r"""\begin{aligned}
\hat y_{t+h} &= f_{t+h} \cdot \tfrac12\left(\ell_t^2 + \frac{1}{13}\sum_{i=0}^{12}\frac{y_{t-i}}{f_{t-i}}\right),
\qquad \ell_t = \alpha\sqrt{y_t / f_t} + (1-\alpha)\,\ell_{t-1} \\
\log f_t &= c_0 + \kappa\sum_{k=1}^{2}\left(a_k \sin\tfrac{2\pi k t}{365.25} + b_k \cos\tfrac{2\pi k t}{365.25}\right)
+ c_1\,\text{Christmas}_t + c_2\,\text{holidays}_t, \qquad \kappa = \max(0,\ 1 - 2 / F)
\end{aligned}""",
    Grain.WEEK,
)
_DAYS = Model(
    INFLOW,
    "Weekday and holiday profile times level",
    "How busy a day is compared with those around it is learned from its weekday, the days around Christmas and the "
    "holidays; a single burst, such as a mass import, is cut down first. With the profile taken out, the level is the "
    "mean of three readings: one that follows the latest days, as closely as served best in the past, the plain mean "
    "of the last 91 days, and one that also moves on along half of the long slope (Theta). The forecast is this level "
    "times the profile of the days to come.",
    r"""\begin{aligned}
\hat y_{t+h} &= f_{t+h} \cdot \tfrac13\left(\ell_t + \frac{1}{91}\sum_{i=0}^{90}\frac{y_{t-i}}{f_{t-i}} +
\theta_{t+h}\right), \qquad \ell_t = \alpha\,y_t / f_t + (1-\alpha)\,\ell_{t-1} \\
\theta_{t+h} &= \ell_t + \tfrac{b}{2}\left(h - 1 + \tfrac{1 - (1-\alpha)^n}{\alpha}\right) \\
\log f_t &= c_0 + c_{\text{weekday}(t)} + c_1\,\text{Christmas}_t + c_2\,\text{holiday}_t
\end{aligned}""",
    Grain.DAY,
)


def _outflow(grain: Grain) -> Model:
    return Model(
        OUTFLOW,
        "What makes the three agree",
        "What goes out is not forecast by itself: it is what makes the three agree, the tickets open before, and those "
        "that come in, less the tickets open after. So the three pictures never contradict each other.",
        r"\hat x_{t+h} = \max\left(\hat y_{t+h} - (\hat B_{t+h} - \hat B_{t+h-1}),\ 0\right)",
        grain,
    )


def _backlog(grain: Grain, past: str) -> Model:
    return Model(
        BACKLOG,
        "How tickets of each age leave, with the level's own course",
        f"Each open ticket leaves within a {grain.value} with the share that tickets of its age have left with in the "
        "past, from those just opened to those older than two years; tickets still open count as not ended yet, and "
        "what happened lately weighs more (half as much a year ago). That times the desk's present pace and the "
        "calendar is what goes out; what is expected to come in joins and ages in turn. This is three fifths of the "
        "forecast. Two fifths are the level of the backlog itself, which moves on along half of its slope over the "
        f"last {past} (Theta); steps such as a clean-up are taken out before and put back after.",
        r"""\begin{aligned}
\hat B_{t+h} &= \tfrac35 S_{t+h} + \tfrac25 \theta_{t+h} \\
S_{t+h} &= S_{t+h-1} + \hat y_{t+h} - p_t\,f^{x}_{t+h} \sum_a q_a\,n_{a,t+h}, \qquad
n_{a+1,t+h+1} = n_{a,t+h}\,(1 - p_t\,f^{x}_{t+h}\,q_a) \\
\theta_{t+h} &= \ell_t + \tfrac{b}{2}\left(h - 1 + \tfrac{1 - (1-\alpha)^n}{\alpha}\right)
\end{aligned}""",
        grain,
    )


def _intervals(grain: Grain) -> Model:
    return Model(
        INTERVALS,
        "Simulated courses, set right by past errors",
        "500 courses of the desk are simulated, each with surprises drawn from its own past in blocks of four weeks, "
        "what came in and what went out together. How widely they spread is then set right by the back-test: where "
        "the errors of the past were larger or smaller than the simulation says, the intervals are made wider or "
        "narrower by as much, the 95 % interval by its own factor. No interval goes below nought.",
        r"""\left[\hat z_{t+h} + w\,(Q_u - \bar z),\ \hat z_{t+h} + w\,(Q_o - \bar z)\right], \qquad
w = \frac{\text{80 or 95 \% quantile of } \left|\text{past error}\right| / \text{simulated spread}}
{\text{1.28 or 1.96}}""",
        grain,
    )


MODELS = (
    _WEEKS,
    _outflow(Grain.WEEK),
    _backlog(Grain.WEEK, "five years"),
    _intervals(Grain.WEEK),
    _DAYS,
    _outflow(Grain.DAY),
    _backlog(Grain.DAY, "two years"),
    _intervals(Grain.DAY),
)

# What no model of this kind can know.
LIMITS = (
    "A project, a new service, a hiring freeze or a merger that leaves no trace in past tickets.",
    "A clean-up in bulk, or a rule by which old tickets are closed from now on.",
    "An outage of the kind that has not happened in the records.",
    "People: the pace is that of the desk as it was; who will be there is not in the data.",
)


def models_by(grain: Grain) -> tuple[Model, ...]:
    """The models of that grain: inflow, outflow, backlog, and their intervals."""
    return tuple(model for model in MODELS if model.grain == grain)
