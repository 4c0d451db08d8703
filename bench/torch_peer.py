"""PyTorch as a peer of bench/langevin and bench/training: the same operations, eager, on one thread.

Reads a line a request on standard input and answers with a line; Timing/PeerProcess.cs is the other end. Layers and
settings are those of the JEM exercise (two-head CNN, h = 32; alpha 10, sigma .005, value clip .03, clamp every step).
Written as a careful user of PyTorch would: SiLU as one operation, in-place updates, a noise tensor that is used again.
"""

import sys
import time

import torch
from torch import nn

HIDDEN, CLASSES, IMAGES, SLOTS = 32, 10, 4096, 2000
ALPHA, SIGMA, CLIP = 10.0, 0.005, 0.03


class TwoHead(nn.Module):
    def __init__(self, hidden):
        super().__init__()
        self.trunk = nn.Sequential(
            nn.Conv2d(1, hidden // 2, 5, 2, 4), nn.SiLU(),
            nn.Conv2d(hidden // 2, hidden, 3, 2, 1), nn.SiLU(),
            nn.Conv2d(hidden, 2 * hidden, 3, 2, 1), nn.SiLU(),
            nn.Conv2d(2 * hidden, 2 * hidden, 3, 2, 1), nn.SiLU(),
            nn.Flatten())
        self.energy_head = nn.Linear(8 * hidden, 1)
        self.class_head = nn.Linear(8 * hidden, CLASSES)

    def energy(self, x):
        return -self.energy_head(self.trunk(x)).squeeze(1)

    def both(self, x):
        features = self.trunk(x)
        return -self.energy_head(features).squeeze(1), self.class_head(features)


class Workload:
    def __init__(self):
        torch.manual_seed(1)
        self.model = TwoHead(HIDDEN)
        self.parameters = list(self.model.parameters())
        pixels = torch.arange(IMAGES * 784, dtype=torch.int64).mul_(7919).remainder_(256)
        self.images = ((pixels.to(torch.float32) / 255 - 0.5) / 0.5).reshape(IMAGES, 1, 28, 28)
        self.labels = torch.arange(IMAGES) % CLASSES
        self.buffer = torch.rand(SLOTS, 1, 28, 28) * 2 - 1
        self.order, self.position = torch.randperm(IMAGES), 0

    def load(self, path):
        weights = torch.from_file(path, size=sum(p.numel() for p in self.parameters))
        position = 0
        with torch.no_grad():
            for parameter in self.parameters:
                parameter.copy_(weights[position:position + parameter.numel()].reshape(parameter.shape))
                position += parameter.numel()

    def chains(self, x, steps, sigma):
        """T steps of Langevin in place, noise last, as LangevinSampler does them."""
        for parameter in self.parameters:
            parameter.requires_grad_(False)
        noise = torch.empty_like(x)
        x.requires_grad_(True)
        for _ in range(steps):
            gradient, = torch.autograd.grad(self.model.energy(x).sum(), [x])
            with torch.no_grad():
                x.add_(gradient.clamp_(-CLIP, CLIP), alpha=-ALPHA)
                x.add_(noise.normal_(), alpha=sigma)
                x.clamp_(-1, 1)
        x.requires_grad_(False)
        for parameter in self.parameters:
            parameter.requires_grad_(True)

    def positives(self, batch):
        if self.position + batch > IMAGES:
            self.order, self.position = torch.randperm(IMAGES), 0
        rows = self.order[self.position:self.position + batch]
        self.position += batch
        x = self.images[rows]
        return x.add_(torch.randn_like(x), alpha=0.03).clamp_(-1, 1), self.labels[rows]

    def start(self, batch):
        slots = torch.randperm(SLOTS)[:batch]
        x = self.buffer[slots]
        fresh = torch.rand(batch) < 0.05
        x[fresh] = torch.rand(int(fresh.sum()), 1, 28, 28) * 2 - 1
        return slots, x

    def update(self, batch, steps, optimiser):
        positives, labels = self.positives(batch)
        slots, negatives = self.start(batch)
        self.chains(negatives, steps, SIGMA)
        self.buffer[slots] = negatives
        energies, logits = self.model.both(torch.cat([positives, negatives]))
        data, samples = energies[:batch], energies[batch:]
        class_loss = nn.functional.cross_entropy(logits[:batch], labels)
        total = (data.mean() - samples.mean() + 0.1 * (data.square().mean() + samples.square().mean())) + class_loss
        optimiser.zero_grad(set_to_none=True)
        total.backward()
        nn.utils.clip_grad_norm_(self.parameters, 1)
        optimiser.step()
        values = energies.detach()
        return total.item(), class_loss.item(), values[:batch].mean().item(), values[batch:].mean().item()

    def run(self, work, batch, steps, repetitions):
        if work == "langevin":
            x = torch.zeros(batch, 1, 28, 28)
            for _ in range(repetitions):
                self.chains(x, steps, SIGMA)
        else:
            optimiser = torch.optim.Adam(self.parameters, lr=1e-3, betas=(0.0, 0.999))
            for _ in range(repetitions):
                self.update(batch, steps, optimiser)

    def check(self):
        x = torch.arange(16 * 784, dtype=torch.float64).mul_(7919).remainder_(2001).div_(1000).sub_(1)
        x = x.to(torch.float32).reshape(16, 1, 28, 28)
        with torch.no_grad():
            before = self.model.energy(x).mean().item()
        self.chains(x, 20, 0.0)
        with torch.no_grad():
            return before, self.model.energy(x).mean().item(), x.mean().item(), x.square().mean().item()


def answer(work, request):
    words = request.split(" ", 1)
    if words[0] == "check":
        return " ".join(map(repr, work.check()))
    if words[0] == "load":
        work.load(words[1])
        return "loaded"
    batch, steps, repetitions = map(int, words[1].split())
    processor, began = time.process_time(), time.perf_counter()
    work.run(words[0], batch, steps, repetitions)
    return f"{time.perf_counter() - began!r} {time.process_time() - processor!r}"


def main():
    torch.set_num_threads(1)
    work = Workload()
    print(f"PyTorch {torch.__version__}, Python {sys.version.split()[0]}, {torch.get_num_threads()} thread", flush=True)
    for line in sys.stdin:
        print(answer(work, line.rstrip("\n")), flush=True)


if __name__ == "__main__":
    main()
