#!/usr/bin/python3
"""Trains the feature network of FID-clf on a data set and writes NAME.f32 and NAME.json beside this script.

conv 1-16 k3 s2 p1, ReLU, conv 16-32 k3 s2 p1, ReLU, flatten 1568, linear 64, ReLU (the features), linear 10:
105,866 parameters. Adam 1e-3, batch 100, 4 epochs on the first 8,000 training images with N(0, 0.1^2) noise, pixels in
[-1, 1]. One thread and a fixed seed: the same PyTorch on the same instruction set writes the same bytes.

The calibration figures say what a distance means: 2,000 images on both sides as in fid_clf, the real side the first
2,000 test images; against the next and the last 2,000 test images (in MNIST they come from other writers, which is more
than chance), and against uniform noise.

Usage: /usr/bin/python3 train_features.py NAME FOLDER [--describe]
For example: train_features.py fashion-mnist /usr/share/datasets/fashion-mnist
FOLDER holds the four gzipped IDX files of the data set. --describe trains nothing: it measures the weights that are there
and writes NAME.json only.
"""

import gzip
import hashlib
import json
import pathlib
import sys

import numpy
import torch
from torch import nn

SEED = 1
EPOCHS = 4
BATCH = 100
IMAGES = 8_000
NOISE = 0.1
SAMPLES = 2_000


def read(folder, name):
    """The bytes of one gzipped IDX file, shaped as its header says."""
    raw = gzip.decompress((folder / name).read_bytes())
    dimensions = raw[3]
    shape = numpy.frombuffer(raw, dtype=">u4", count=dimensions, offset=4)
    return numpy.frombuffer(raw, dtype=numpy.uint8, offset=4 + 4 * dimensions).reshape(shape)


def images(folder, name, count):
    """The first images of a file in [-1, 1], shape [count, 1, 28, 28]."""
    pixels = torch.from_numpy(read(folder, name)[:count].astype(numpy.float32))
    return ((pixels / 255 - 0.5) / 0.5).unsqueeze(1)


def labels(folder, name, count):
    return torch.from_numpy(read(folder, name)[:count].astype(numpy.int64))


def untrained():
    torch.manual_seed(SEED)
    return nn.Sequential(
        nn.Conv2d(1, 16, 3, 2, 1), nn.ReLU(),
        nn.Conv2d(16, 32, 3, 2, 1), nn.ReLU(),
        nn.Flatten(), nn.Linear(1568, 64), nn.ReLU(),
        nn.Linear(64, 10))


def stored(path):
    """The network with the weights of a .f32 file."""
    network = untrained()
    weights = numpy.fromfile(path, dtype="<f4")
    nn.utils.vector_to_parameters(torch.from_numpy(weights), network.parameters())
    return network


def train(x, y):
    network = untrained()
    optimiser = torch.optim.Adam(network.parameters(), lr=1e-3)
    for _ in range(EPOCHS):
        order = torch.randperm(len(x))
        for i in range(0, len(x), BATCH):
            batch = order[i:i + BATCH]
            noisy = x[batch] + NOISE * torch.randn_like(x[batch])
            optimiser.zero_grad()
            nn.functional.cross_entropy(network(noisy), y[batch]).backward()
            optimiser.step()
    return network


def distance(real, samples):
    """Squared Frechet distance of two sets of features, in the symmetric form with eigenvalues floored at 0."""
    def root(matrix):
        values, vectors = numpy.linalg.eigh(matrix)
        return (vectors * numpy.sqrt(values.clip(0))) @ vectors.T

    first, second = numpy.cov(real, rowvar=False), numpy.cov(samples, rowvar=False)
    cross = root(root(first) @ second @ root(first))
    shift = real.mean(0) - samples.mean(0)
    return shift @ shift + numpy.trace(first) + numpy.trace(second) - 2 * numpy.trace(cross)


def calibration(network, test):
    """Distances from the first 2,000 test images, rounded to four digits."""
    noise = 2 * torch.rand(SAMPLES, 1, 28, 28, generator=torch.Generator().manual_seed(SEED)) - 1
    with torch.no_grad():
        real, following, last, far = (
            network[:7](x).double().numpy()
            for x in (test[:SAMPLES], test[SAMPLES:2 * SAMPLES], test[-SAMPLES:], noise))
    return {
        "images": SAMPLES,
        "againstNextTestImages": float(f"{distance(real, following):.4g}"),
        "againstLastTestImages": float(f"{distance(real, last):.4g}"),
        "againstUniformNoise": float(f"{distance(real, far):.4g}"),
    }


def main():
    if len(sys.argv) not in (3, 4) or sys.argv[3:] not in ([], ["--describe"]):
        sys.exit("usage: train_features.py NAME FOLDER [--describe]")
    torch.set_num_threads(1)
    name, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    here = pathlib.Path(__file__).resolve().parent
    network = stored(here / f"{name}.f32") if sys.argv[3:] else train(
        images(folder, "train-images-idx3-ubyte.gz", IMAGES), labels(folder, "train-labels-idx1-ubyte.gz", IMAGES))

    x = images(folder, "t10k-images-idx3-ubyte.gz", 10_000)
    y = labels(folder, "t10k-labels-idx1-ubyte.gz", 10_000)
    with torch.no_grad():
        accuracy = (network(x).argmax(1) == y).float().mean().item()
        example = network[:7](x[:1])[0]

    data = b"".join(p.detach().numpy().astype("<f4").tobytes() for p in network.parameters())
    (here / f"{name}.f32").write_bytes(data)
    description = {
        "network": "conv 1-16 k3 s2 p1, relu, conv 16-32 k3 s2 p1, relu, flatten 1568, linear 64, relu, linear 10",
        "features": "the 64 outputs of the last relu",
        "pixels": "(x / 255 - 0.5) / 0.5",
        "parameters": [{"name": n, "shape": list(p.shape)} for n, p in network.named_parameters()],
        "bytes": len(data),
        "sha256": hashlib.sha256(data).hexdigest(),
        "seed": SEED,
        "torch": torch.__version__,
        "testAccuracy": round(accuracy, 4),
        "featureSumOfFirstTestImage": round(example.double().sum().item(), 4),
        "calibration": calibration(network, x),
    }
    (here / f"{name}.json").write_text(json.dumps(description, indent=2) + "\n")
    print(json.dumps(description, indent=2))


if __name__ == "__main__":
    main()
