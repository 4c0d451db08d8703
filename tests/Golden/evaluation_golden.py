#!/usr/bin/env python3
"""Writes evaluation.json: AUROC, ECE, overlap and entropy of seeded samples, by definitions that share no
code and no method with Shared/Statistics: all pairs, masks of bins, numpy's histogram.

Run with a Python that has numpy, from anywhere:  python3 tests/Golden/evaluation_golden.py
"""
import json
import pathlib

import numpy as np

random = np.random.default_rng(20260301)


def auroc(positives, negatives):
    pairs = positives[:, None] - negatives[None, :]
    return float(((pairs > 0) + 0.5 * (pairs == 0)).mean())


def ece(confidences, right, bins):
    total = 0.0
    edges = np.linspace(0, 1, bins + 1)
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidences > low) & (confidences <= high)
        if inside.any():
            total += inside.mean() * abs(right[inside].mean() - confidences[inside].mean())
    return float(total)


def overlap(first, second, others, bins):
    both = np.concatenate([first, second, others])
    edges = np.linspace(both.min(), both.max(), bins + 1)
    p = np.histogram(first, edges)[0] / len(first)
    q = np.histogram(second, edges)[0] / len(second)
    return float(np.minimum(p, q).sum())


# Two decimals make ties; an odd divisor keeps confidences and energies off the edges of bins.
scores = [np.round(random.normal(mean, 1, size), 1) for mean, size in ((0.6, 83), (0.0, 57))]
confidences = np.round(random.beta(5, 2, 211), 3) * 0.9971
right = random.random(211) < confidences ** 1.5
energies = [random.normal(mean, deviation, size)
            for mean, deviation, size in ((-1, 0.7, 150), (0, 1.0, 120), (5, 2.0, 90))]
counts = random.integers(0, 40, 10)
shares = counts[counts > 0] / counts.sum()

pathlib.Path(__file__).with_name("evaluation.json").write_text(json.dumps({
    "positives": scores[0].tolist(),
    "negatives": scores[1].tolist(),
    "auroc": auroc(*scores),
    "confidences": confidences.tolist(),
    "right": right.tolist(),
    "ece": {bins: ece(confidences, right, bins) for bins in (1, 10, 15)},
    "data": energies[0].tolist(),
    "samples": energies[1].tolist(),
    "noise": energies[2].tolist(),
    "overlap": {bins: overlap(*energies, bins) for bins in (1, 20, 40)},
    "counts": counts.tolist(),
    "entropy": float(-(shares * np.log(shares)).sum()),
}, indent=0) + "\n")
