#!/usr/bin/env python3
"""Writes statistics.json: what SciPy says of seeded samples, for Shared/Statistics to agree with.

Run with a Python that has scipy (Debian: python3-scipy), from anywhere:
python3 tests/Golden/statistics_golden.py
"""
import itertools
import json
import pathlib

import numpy as np
from scipy import stats

random = np.random.default_rng(20261123)


def sample(count, mean=0.3, places=6):
    return np.round(random.normal(mean, 1, count), places).tolist()


def paired(count):
    first, second = sample(count, 0.0), sample(count, 0.4)
    test = stats.ttest_rel(second, first)
    interval = test.confidence_interval(0.95)
    return {"first": first, "second": second, "p": float(test.pvalue),
            "lower": float(interval.low), "upper": float(interval.high)}


def wilcoxon(differences):
    """Exact up to 50: where sizes are equal by flipping signs in every way, which SciPy's own test cannot."""
    kept = np.array([d for d in differences if d])
    if len(kept) > 50:
        test = stats.wilcoxon(kept, correction=False, method="approx")
    elif len(set(abs(kept))) == len(kept):
        test = stats.wilcoxon(kept, method="exact")
    else:
        def above(signed, axis):
            return np.sum(stats.rankdata(np.abs(signed), axis=axis) * (signed > 0), axis=axis)
        found = stats.permutation_test((kept,), above, permutation_type="samples", n_resamples=np.inf,
                                       vectorized=True, batch=10_000)
        ranks = stats.rankdata(np.abs(kept))
        return {"differences": differences, "p": float(found.pvalue),
                "statistic": float(min(ranks[kept > 0].sum(), ranks[kept < 0].sum()))}
    return {"differences": differences, "statistic": float(test.statistic), "p": float(test.pvalue)}


def wilson(count, of):
    interval = stats.binomtest(count, of).proportion_ci(0.95, method="wilson")
    return {"count": count, "of": of, "lower": float(interval.low), "upper": float(interval.high)}


def order(count):
    values = sample(count)
    return {"values": values, "median": float(np.median(values)),
            "q10": float(np.quantile(values, 0.1)), "iqm": float(stats.trim_mean(values, 0.25))}


def holm(count):
    """Every closed-testing step by hand: the adjusted p is the largest over all steps up to its own."""
    values = np.round(random.uniform(0, 0.2, count), 5).tolist()
    ranks = np.argsort(values, kind="stable").tolist()
    adjusted = [None] * count
    for place, index in enumerate(ranks):
        steps = [min(1.0, (count - i) * values[ranks[i]]) for i in range(place + 1)]
        adjusted[index] = max(steps)
    return {"values": values, "adjusted": adjusted}


def variance():
    """A 3 x 2 design with 4 replicates, by least squares on dummy variables, one model after the other."""
    effect_a, effect_b = [0.0, 0.7, -0.4], [0.0, 0.5]
    rows = []
    for a, b, replicate in itertools.product(range(3), range(2), range(1, 5)):
        value = effect_a[a] + effect_b[b] + (0.6 if (a, b) == (2, 1) else 0) + 0.1 * replicate
        rows.append((a, b, replicate, round(value + random.normal(0, 0.2), 6)))
    y = np.array([row[3] for row in rows])

    def dummies(*columns):
        keys = [tuple(row[c] for c in columns) for row in rows]
        return np.array([[float(key == level) for level in sorted(set(keys))] for key in keys])

    def residual(*designs):
        x = np.hstack([np.ones((len(rows), 1)), *designs])
        return float(((y - x @ np.linalg.lstsq(x, y, rcond=None)[0]) ** 2).sum())

    total = residual()
    a, b, r, ab = dummies(0), dummies(1), dummies(2), dummies(0, 1)
    return {
        "rows": rows,
        "a": (total - residual(a)) / total,
        "b": (residual(a) - residual(a, b)) / total,
        "replicate": (residual(a, b) - residual(a, b, r)) / total,
        "ab": (residual(a, b, r) - residual(a, b, r, ab)) / total,
        "rest": residual(a, b, r, ab) / total,
    }


def bootstrap():
    """SciPy's percentile interval of a mean: equal up to the chance of the draws."""
    values = sample(40)
    interval = stats.bootstrap((values,), np.mean, n_resamples=200_000, method="percentile",
                               random_state=np.random.default_rng(1)).confidence_interval
    return {"values": values, "lower": float(interval.low), "upper": float(interval.high)}


golden = {
    "paired": [paired(count) for count in (2, 3, 5, 12)],
    "wilcoxon": [
        wilcoxon(sample(6)), wilcoxon(sample(15)), wilcoxon(sample(60)),
        wilcoxon(sample(15, places=1)), wilcoxon(sample(20, places=0)), wilcoxon(sample(60, places=1)),
    ],
    "wilson": [wilson(*pair) for pair in ((0, 3), (1, 8), (4, 9), (12, 12), (37, 200))],
    "order": [order(count) for count in (1, 3, 4, 7, 10, 33)],
    "holm": [holm(count) for count in (1, 3, 8)],
    "variance": variance(),
    "bootstrap": bootstrap(),
}
path = pathlib.Path(__file__).with_name("statistics.json")
path.write_text(json.dumps(golden, indent=1) + "\n")
