"""Prints the golden keys of RandomStreamsTests: the first 64 bits of SHA-256 over [seed,replicate,"purpose"]."""
import hashlib

PURPOSES = (
    "data-split", "data-order", "initial-weights", "chain-start", "chain-noise", "data-noise", "evaluation", "validation",
    "samples")
MORE = (
    (1, 2, "chain-noise"), (2, 1, "chain-noise"), (-(2**63), 2**31 - 1, "evaluation"), (2**63 - 1, 1, "data-order"))

for seed, replicate, purpose in [(1, 1, p) for p in PURPOSES] + list(MORE):
    key = hashlib.sha256(f'[{seed},{replicate},"{purpose}"]'.encode()).hexdigest()[:16]
    print(f"{seed},{replicate},{purpose},{key}")
