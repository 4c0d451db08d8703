#!/usr/bin/env python3
"""Writes model_evaluation.json: what evaluations of stored models compute, of seeded numbers, by definitions
that share no code and no method with Shared/Statistics and Training/Evaluation: loops over thresholds, all
pairs, matrix inverses, scipy's distributions.

Run with a Python that has numpy and scipy, from anywhere:  python3 tests/Golden/model_evaluation_golden.py
"""
import json
import pathlib

import numpy as np
from scipy import stats
from scipy.spatial.distance import cdist

random = np.random.default_rng(20260814)


def average_precision(positives, negatives):
    area, before = 0.0, 0.0
    for threshold in sorted(set(positives) | set(negatives), reverse=True):
        caught, wrongly = (positives >= threshold).sum(), (negatives >= threshold).sum()
        recall = caught / len(positives)
        area += (recall - before) * caught / (caught + wrongly)
        before = recall
    return float(area)


def fpr(positives, negatives, rate):
    threshold = max(t for t in positives if (positives >= t).mean() >= rate)
    return float((negatives >= threshold).mean())


def mahalanobis(training, labels, queries):
    means = {c: training[labels == c].mean(0) for c in set(labels)}
    centred = training - np.stack([means[c] for c in labels])
    covariance = centred.T @ centred / len(training)
    covariance += 1e-6 * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    inverse = np.linalg.inv(covariance)
    return [min(float((q - m) @ inverse @ (q - m)) for m in means.values()) for q in queries]


def kid(x, y):
    kernel = lambda a, b: (sum(a * b) / len(a) + 1) ** 3
    n, m = len(x), len(y)
    xx = sum(kernel(x[i], x[j]) for i in range(n) for j in range(n) if i != j) / (n * (n - 1))
    yy = sum(kernel(y[i], y[j]) for i in range(m) for j in range(m) if i != j) / (m * (m - 1))
    xy = sum(kernel(x[i], y[j]) for i in range(n) for j in range(m)) / (n * m)
    return float(xx + yy - 2 * xy)


def coverage(reference, queries, k):
    """Share of the queries inside a ball round a reference, of the radius of its k-th neighbour."""
    own = cdist(reference, reference)
    radii = np.sort(own, axis=1)[:, k]          # column 0 is the distance to itself
    return float((cdist(queries, reference) <= radii).any(1).mean())


def inception_score(p):
    return float(np.exp(stats.entropy(p.T, p.mean(0)[:, None]).mean()))


def split_rhat(chains):
    half = chains.shape[1] // 2
    halves = np.concatenate([chains[:, :half], chains[:, -half:]])
    within = halves.var(1, ddof=1).mean()
    between = half * halves.mean(1).var(ddof=1)
    return float(np.sqrt(((half - 1) / half * within + between / half) / within))


def ess(chains):
    """Stan's estimate: autocovariances of all chains, Geyer's initial positive sequence of pairs."""
    m, n = chains.shape
    means, variances = chains.mean(1), chains.var(1, ddof=1)
    within = variances.mean()
    total = (n - 1) / n * within + (means.var(ddof=1) if m > 1 else 0)
    centred = chains - means[:, None]
    rho = [1.0]
    for lag in range(1, n):
        covariance = np.mean([np.dot(c[:-lag], c[lag:]) / n for c in centred])
        rho.append(1 - (within - covariance) / total)
    tau, before = -1.0, np.inf
    for t in range(0, n - 1, 2):
        pair = rho[t] + rho[t + 1]
        if pair < 0:
            break
        before = min(before, pair)
        tau += 2 * before
    return float(m * n / max(tau, 1 / np.log10(m * n)))


positives = np.round(random.normal(0.6, 1, 83), 1)
negatives = np.round(random.normal(0.0, 1, 57), 1)
training = random.normal(size=(60, 4)) @ random.normal(size=(4, 4))
labels = random.integers(0, 3, 60)
training += labels[:, None] * 1.5
queries = random.normal(1, 3, (12, 4))
first = random.normal(0, 1, (30, 5))
second = random.normal(0.4, 1.3, (25, 5))
p = random.dirichlet(np.full(4, 0.4), 40)
noise = random.normal(size=(4, 200))
chains = np.zeros((4, 200))
for t in range(1, 200):
    chains[:, t] = 0.8 * chains[:, t - 1] + noise[:, t]
chains[0] += 0.7
sample = random.normal(3, 2, 5)
interval = stats.t.interval(0.95, 4, sample.mean(), stats.sem(sample))

pathlib.Path(__file__).with_name("model_evaluation.json").write_text(json.dumps({
    "positives": positives.tolist(),
    "negatives": negatives.tolist(),
    "average_precision": average_precision(positives, negatives),
    "fpr": {rate: fpr(positives, negatives, rate) for rate in (0.5, 0.95, 1.0)},
    "training": training.tolist(),
    "labels": labels.tolist(),
    "queries": queries.tolist(),
    "mahalanobis": mahalanobis(training, labels, queries),
    "first": first.tolist(),
    "second": second.tolist(),
    "kid": kid(first, second),
    "precision": coverage(first, second, 3),
    "recall": coverage(second, first, 3),
    "nearest_squares": (cdist(second, first).min(1) ** 2).tolist(),
    "probabilities": p.tolist(),
    "inception_score": inception_score(p),
    "chains": chains.tolist(),
    "split_rhat": split_rhat(chains),
    "ess": ess(chains),
    "sample": sample.tolist(),
    "half_width": float((interval[1] - interval[0]) / 2),
}, indent=0) + "\n")
