"""Answers cases by what they are about, with SciPy, statsmodels and MLflow: one JSON document in, one out."""
import json
import logging
import math
import sys
import warnings
from fractions import Fraction

warnings.simplefilter("ignore")
logging.disable(logging.CRITICAL)


def normal(case):
    from scipy.stats import norm

    return [norm.cdf(case["x"]), norm.ppf((1 + case["confidence"]) / 2)]


def holm(case):
    from statsmodels.stats.multitest import multipletests

    return list(multipletests(case["p"], method="holm")[1])


def mcnemar(case):
    from scipy.stats import binomtest
    from statsmodels.stats.contingency_tables import mcnemar as test

    gained, lost = case["gained"], case["lost"]
    exact = binomtest(min(gained, lost), gained + lost, 0.5).pvalue if gained + lost > 0 else 1.0
    return [float(test([[0, gained], [lost, 0]], exact=True).pvalue), float(exact)]


def score_interval(case):
    """Edges where the likelihood, maximised numerically under a difference, gives a score statistic of z."""
    from scipy.optimize import brentq, minimize_scalar
    from scipy.stats import norm

    n, gained, lost = case["pairs"], case["gained"], case["lost"]
    z = norm.ppf((1 + case["confidence"]) / 2)

    def statistic(difference):
        def negative(p21):
            parts = [(gained, p21 + difference), (lost, p21), (n - gained - lost, 1 - 2 * p21 - difference)]
            total = 0.0
            for count, p in parts:
                if count > 0:
                    if p <= 0:
                        return math.inf
                    total -= count * math.log(p)
            return total

        low, high = max(0.0, -difference), (1 - difference) / 2
        p21 = minimize_scalar(negative, bounds=(low, high), method="bounded", options={"xatol": 1e-13}).x
        variance = n * (2 * p21 + difference - difference**2)
        return (gained - lost - n * difference) / math.sqrt(variance)

    estimate = (gained - lost) / n
    edge = 1e-9
    lower = brentq(lambda d: statistic(d) - z, -1 + edge, estimate - 1e-7, xtol=1e-12)
    upper = brentq(lambda d: statistic(d) + z, estimate + 1e-7, 1 - edge, xtol=1e-12)
    return [lower, upper, float(norm.cdf(statistic(case["at"])))]


def bootstrap(case):
    import numpy
    from scipy.stats import bootstrap as resample

    found = resample(
        (numpy.array(case["differences"], dtype=float),),
        numpy.sum,
        confidence_level=case["confidence"],
        n_resamples=20_000,
        method="percentile",
        rng=numpy.random.default_rng(7),
    )
    return [float(found.confidence_interval.low), float(found.confidence_interval.high)]


def threshold(case):
    """MLflow's verdict, and the exact one by fractions of what was written."""
    from mlflow.models.evaluation.base import EvaluationResult
    from mlflow.models.evaluation.validation import (
        MetricThreshold,
        ModelValidationFailedException,
        validate_evaluation_results,
    )

    higher = case["direction"] == "higher"
    number = {name: None if case[name] is None else float(case[name]) for name in ["threshold", "absolute", "relative"]}
    asked = MetricThreshold(
        threshold=number["threshold"],
        min_absolute_change=number["absolute"],
        min_relative_change=number["relative"],
        greater_is_better=higher,
    )
    candidate = EvaluationResult(metrics={"m": float(case["candidate"])}, artifacts={})
    baseline = EvaluationResult(metrics={"m": float(case["baseline"])}, artifacts={})
    try:
        validate_evaluation_results({"m": asked}, candidate, baseline)
        verdict = "pass"
    except ModelValidationFailedException:
        verdict = "fail"
    except Exception as error:
        verdict = type(error).__name__
    return [verdict, exact_verdict(case, higher)]


def exact_verdict(case, higher):
    try:
        candidate, baseline = Fraction(case["candidate"]), Fraction(case["baseline"])
    except ValueError:
        return None
    sign = 1 if higher else -1
    slack = []
    if case["threshold"] is not None:
        slack.append(sign * (candidate - Fraction(case["threshold"])))
    if case["absolute"] is not None:
        slack.append(sign * (candidate - baseline) - Fraction(case["absolute"]))
    if case["relative"] is not None:
        slack.append(sign * (candidate - baseline) - Fraction(case["relative"]) * abs(baseline))
    return ["pass" if min(slack) >= 0 else "fail", float(min(abs(one) for one in slack))]


answers = {
    "normal": normal,
    "holm": holm,
    "mcnemar": mcnemar,
    "score_interval": score_interval,
    "bootstrap": bootstrap,
    "threshold": threshold,
}
print(json.dumps({about: [answers[about](case) for case in cases] for about, cases in json.load(sys.stdin).items()}))
