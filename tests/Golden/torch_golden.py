"""Writes torch.json, the numbers that tests/Torch compares the binding with.

Run with a Python that has PyTorch (Debian: python3-torch 1.13), from anywhere:

    /usr/bin/python3 tests/Golden/torch_golden.py

Everything comes from seeds, so that a second run on the same PyTorch writes the same bytes.
"""
import json
import os

import torch
from torch import nn
from torch.nn import functional

CASES = {}


def pack(tensor):
    tensor = tensor.detach()
    data = tensor.reshape(-1).tolist()
    if tensor.is_floating_point():
        data = [float(f"{value:.9g}") for value in data]
    return {"shape": list(tensor.shape), "data": data}


def case(name, **tensors):
    CASES[name] = {key: pack(torch.as_tensor(value)) for key, value in tensors.items()}


def with_gradients(name, function, inputs, **more):
    """The result of a function, and the gradients of its seeded sum to all its inputs."""
    leaves = {key: value.clone().requires_grad_() for key, value in inputs.items()}
    out = function(**leaves)
    seed = torch.randn(out.shape)
    grads = torch.autograd.grad((out * seed).sum(), list(leaves.values()))
    named = {f"grad_{key}": grad for key, grad in zip(leaves, grads)}
    case(name, out=out, seed=seed, **inputs, **named, **more)


def layers():
    with_gradients("linear", lambda x, w, b: functional.linear(x, w, b),
                   {"x": torch.randn(3, 4), "w": torch.randn(2, 4), "b": torch.randn(2)})
    shapes = {
        "conv_5_2_4": ((2, 1, 9, 9), (2, 1, 5, 5), dict(stride=2, padding=4)),
        "conv_3_2_1": ((2, 2, 7, 7), (3, 2, 3, 3), dict(stride=2, padding=1)),
        "conv_grouped": ((2, 4, 5, 5), (4, 2, 3, 3), dict(padding=1, groups=2)),
        "conv_dilated": ((1, 2, 7, 7), (2, 2, 3, 3), dict(dilation=2)),
        "conv_uneven": ((1, 1, 6, 5), (2, 1, 3, 2), dict(stride=(2, 1), padding=(1, 0))),
    }
    for name, (image, kernel, options) in shapes.items():
        with_gradients(name, lambda x, w, b: functional.conv2d(x, w, b, **options),
                       {"x": torch.randn(image), "w": torch.randn(kernel), "b": torch.randn(kernel[0])})


def pointwise():
    x = torch.linspace(-4, 4, 17)
    functions = {
        "silu": functional.silu, "relu": functional.relu, "elu": functional.elu, "sigmoid": torch.sigmoid,
        "leaky_relu": lambda x: functional.leaky_relu(x, 0.2), "tanh": torch.tanh, "softplus": functional.softplus,
        "log_sigmoid": functional.logsigmoid, "exp": torch.exp, "abs": torch.abs, "sin": torch.sin, "cos": torch.cos,
        "square": torch.square, "neg": torch.neg, "erf": torch.erf, "expm1": torch.expm1,
        "clamp": lambda x: torch.clamp(x, -1.5, 2.5),
    }
    for name, function in functions.items():
        with_gradients(name, lambda x: function(x), {"x": x})
    positive = torch.linspace(0.25, 5, 12)
    for name, function in {"log": torch.log, "sqrt": torch.sqrt, "rsqrt": torch.rsqrt, "reciprocal": torch.reciprocal,
                           "log1p": torch.log1p, "pow": lambda x: torch.pow(x, 1.7)}.items():
        with_gradients(name, lambda x: function(x), {"x": positive})
    pair = {"x": torch.randn(3, 4), "y": torch.randn(4)}
    for name, function in {"add": torch.add, "sub": torch.sub, "mul": torch.mul, "div": torch.div,
                           "maximum": torch.maximum, "minimum": torch.minimum}.items():
        with_gradients(name, lambda x, y: function(x, y), pair)


def reductions():
    x = {"x": torch.randn(3, 4, 2)}
    functions = {
        "sum": lambda x: x.sum(), "sum_dims": lambda x: x.sum([0, 2], keepdim=True), "mean": lambda x: x.mean(),
        "mean_dims": lambda x: x.mean([1, 2]), "std": lambda x: x.std(), "std_dim": lambda x: x.std(1, unbiased=False),
        "var": lambda x: x.var(), "var_dim": lambda x: x.var(0), "max": lambda x: x.max(),
        "max_dim": lambda x: x.max(1)[0], "min_dim": lambda x: x.min(2, keepdim=True)[0], "norm": lambda x: x.norm(),
        "norm_dim": lambda x: x.norm(2, dim=1), "norm_1": lambda x: x.norm(1), "prod": lambda x: x.prod(),
        "logsumexp": lambda x: x.logsumexp(1), "logsumexp_keep": lambda x: x.logsumexp(2, keepdim=True),
        "softmax": lambda x: x.softmax(1), "log_softmax": lambda x: x.log_softmax(2),
        "cumsum": lambda x: x.cumsum(1), "amax": lambda x: x.amax([0, 1]),
    }
    for name, function in functions.items():
        with_gradients(name, lambda x: function(x), x)
    with_gradients("matmul", lambda x, y: torch.matmul(x, y), {"x": torch.randn(2, 3, 4), "y": torch.randn(4, 2)})
    with_gradients("mm", lambda x, y: torch.mm(x, y), {"x": torch.randn(3, 4), "y": torch.randn(4, 2)})
    case("argmax", x=x["x"], all=x["x"].argmax(), dim=x["x"].argmax(1), argsort=x["x"].argsort(1))


def losses():
    logits, labels = torch.randn(5, 4), torch.tensor([0, 3, 1, 1, 2])
    probabilities, weight = torch.rand(5, 4).softmax(1), torch.tensor([1.0, 0.5, 2.0, 1.5])
    variants = {
        "mean": dict(target=labels), "sum": dict(target=labels, reduction="sum"),
        "none": dict(target=labels, reduction="none"), "smoothed": dict(target=labels, label_smoothing=0.1),
        "weighted": dict(target=labels, weight=weight), "ignored": dict(target=labels, ignore_index=1),
        "probabilities": dict(target=probabilities),
    }
    for name, options in variants.items():
        with_gradients(f"cross_entropy_{name}", lambda x: functional.cross_entropy(x, **options), {"x": logits})
    CASES["cross_entropy_mean"].update(labels=pack(labels), weight=pack(weight), probabilities=pack(probabilities))
    y = torch.rand(5, 4)
    with_gradients("mse", lambda x: functional.mse_loss(x, y), {"x": logits}, y=y)
    with_gradients("bce_logits", lambda x: functional.binary_cross_entropy_with_logits(x, y), {"x": logits}, y=y)


def optimisers():
    torch.manual_seed(7)
    start, grads = torch.randn(6), torch.randn(8, 6)
    runs = {
        "adam": lambda p: torch.optim.Adam(p, 1e-2),
        "adam_no_momentum": lambda p: torch.optim.Adam(p, 1e-2, betas=(0.0, 0.999)),
        "adam_decay": lambda p: torch.optim.Adam(p, 1e-2, betas=(0.5, 0.9), eps=1e-6, weight_decay=0.1),
        "adam_amsgrad": lambda p: torch.optim.Adam(p, 1e-2, amsgrad=True),
        "sgd": lambda p: torch.optim.SGD(p, 0.1),
        "sgd_momentum": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, dampening=0.1, weight_decay=0.05),
        "sgd_nesterov": lambda p: torch.optim.SGD(p, 0.1, momentum=0.9, nesterov=True),
    }
    for name, make in runs.items():
        parameter = nn.Parameter(start.clone())
        optimiser, path = make([parameter]), []
        for grad in grads:
            parameter.grad = grad.clone()
            optimiser.step()
            path.append(parameter.detach().clone())
        case(name, start=start, grads=grads, path=torch.stack(path))
    parameters = [nn.Parameter(torch.randn(3)), nn.Parameter(torch.randn(2, 2))]
    before = [torch.randn_like(p) for p in parameters]
    for limit in (0.5, 50.0):
        for parameter, grad in zip(parameters, before):
            parameter.grad = grad.clone()
        norm = nn.utils.clip_grad_norm_(parameters, limit)
        case(f"clip_{limit:g}", a=before[0], b=before[1], norm=norm, a_after=parameters[0].grad,
             b_after=parameters[1].grad)


def energy(hidden=2):
    return nn.Sequential(nn.Conv2d(1, hidden, 5, 2, 4), nn.SiLU(), nn.Conv2d(hidden, 2 * hidden, 3, 2, 1), nn.SiLU(),
                         nn.Flatten(), nn.Linear(2 * hidden * 9, 1))


def networks():
    torch.manual_seed(11)
    net = energy()
    case("initial", **{name.replace(".", "_"): value for name, value in net.named_parameters()})
    x = torch.randn(3, 1, 8, 8).requires_grad_()
    first = torch.autograd.grad(net(x).sum(), x, create_graph=True)[0]
    penalty = first.pow(2).sum()
    weights = [p for name, p in net.named_parameters() if "bias" not in name]
    second = torch.autograd.grad(penalty, weights)
    case("second_order", x=x, first=first, penalty=penalty, **{f"w{i}": g for i, g in enumerate(second)})
    optimiser = torch.optim.Adam(net.parameters(), 1e-3, betas=(0.0, 0.999))
    data, losses = torch.randn(4, 3, 1, 8, 8), []
    for batch in data:
        loss = net(batch).mean() - net(-batch).mean() + 0.1 * net(batch).pow(2).mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 0.1)
        optimiser.step()
        losses.append(loss.detach())
    case("training", data=data, losses=torch.stack(losses), last_weight=net[5].weight, first_bias=net[0].bias)


def modules():
    """Layers as modules: each with its own values and the gradients to them and to the input."""
    torch.manual_seed(13)
    layers = {
        "module_linear": (nn.Linear(4, 3), (2, 4)),
        "module_conv": (nn.Conv2d(2, 3, 3, 2, 1), (2, 2, 7, 7)),
        "module_conv_grouped": (nn.Conv2d(4, 6, 3, 2, 1, groups=2), (2, 4, 5, 5)),
        "module_silu": (nn.SiLU(), (3, 5)), "module_relu": (nn.ReLU(), (3, 5)), "module_elu": (nn.ELU(), (3, 5)),
        "module_leaky_relu": (nn.LeakyReLU(0.2), (3, 5)), "module_softplus": (nn.Softplus(), (3, 5)),
        "module_flatten": (nn.Flatten(), (2, 3, 2, 2)),
    }
    for name, (layer, shape) in layers.items():
        x = torch.randn(shape).requires_grad_()
        out = layer(x)
        seed = torch.randn(out.shape)
        leaves = [x, *layer.parameters()]
        grads = torch.autograd.grad((out * seed).sum(), leaves)
        own = {key: value for key, value in layer.named_parameters()}
        case(name, x=x, out=out, seed=seed, **own,
             **{f"grad_{key}": grad for key, grad in zip(["x", *own], grads)})


def objectives():
    """Losses of a small net 2-4-4 with all their parts, and the gradients to every parameter."""
    torch.manual_seed(17)
    positives, negatives, labels = torch.randn(5, 2), torch.randn(5, 2), torch.tensor([0, 2, 1, 1, 0])
    contrasts = {
        "difference": lambda data, samples: data.mean() - samples.mean(),
        "hinge": lambda data, samples: functional.relu(data + 1.5).mean() + functional.relu(-0.5 - samples).mean(),
        "softplus": lambda data, samples: functional.softplus(data - samples).mean(),
    }
    activations = {"silu": nn.SiLU, "elu": nn.ELU, "leaky_relu": lambda: nn.LeakyReLU(0.2), "relu": nn.ReLU}
    runs = [("jem", contrast, "silu") for contrast in contrasts] + [("two_head", "difference", "silu")]
    runs += [("jem", "difference", activation) for activation in ("elu", "leaky_relu", "relu")]
    for model, contrast, activation in runs:
        act = activations[activation]
        trunk = nn.Sequential(nn.Linear(2, 4), act(), nn.Linear(4, 4), act())
        scalar, classes = nn.Linear(4, 1), nn.Linear(4, 3)

        def energy(x):
            if model == "jem":
                return -classes(trunk(x)).logsumexp(1)
            return -scalar(trunk(x)).squeeze(1)

        data, samples = energy(positives), energy(negatives)
        x = positives.clone().requires_grad_()
        slope = torch.autograd.grad(energy(x).sum(), x, create_graph=True)[0]
        contrast_part = contrasts[contrast](data, samples)
        penalty = slope.pow(2).sum(1).mean()
        class_part = functional.cross_entropy(classes(trunk(positives)), labels)
        total = (0.7 * contrast_part + 0.1 * (data.pow(2).mean() + samples.pow(2).mean()) + 0.05 * penalty
                 + 1.3 * class_part)
        heads = [*scalar.parameters()] if model == "two_head" else []
        parameters = [*trunk.parameters(), *heads, *classes.parameters()]
        grads = torch.autograd.grad(total, parameters)
        case(f"loss_{model}_{contrast}_{activation}", positives=positives, negatives=negatives, labels=labels,
             total=total, contrast=contrast_part, penalty=penalty, cross_entropy=class_part,
             **{f"p{i}": parameter for i, parameter in enumerate(parameters)},
             **{f"grad_p{i}": grad for i, grad in enumerate(grads)})


def rates():
    parameter = nn.Parameter(torch.zeros(1))
    optimiser = torch.optim.SGD([parameter], 0.1)
    scheduler, values = torch.optim.lr_scheduler.StepLR(optimiser, 3, 0.97), []
    for _ in range(12):
        values.append(optimiser.param_groups[0]["lr"])
        optimiser.step()
        scheduler.step()
    case("step_lr", rates=torch.tensor(values))


def generators():
    def seeded():
        return torch.Generator().manual_seed(42)

    generator = seeded()
    case("streams", rand=torch.rand(5, generator=generator), randn=torch.randn(20, generator=generator),
         uniform=torch.empty(4).uniform_(-2, 3, generator=generator),
         normal=torch.empty(4).normal_(1, 2, generator=generator),
         bernoulli=torch.empty(8).bernoulli_(0.3, generator=generator),
         permutation=torch.randperm(7, generator=generator), integers=torch.randint(0, 100, (5,), generator=generator))


def main():
    torch.set_num_threads(1)
    torch.manual_seed(5)
    for part in (layers, pointwise, reductions, losses, optimisers, networks, generators, modules, objectives,
                 rates):
        part()
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "torch.json"), "w", encoding="utf-8") as file:
        file.write("{\n")
        file.write(",\n".join(f'"{name}": {json.dumps(values, separators=(",", ":"))}' for name, values in CASES.items()))
        file.write("\n}\n")


if __name__ == "__main__":
    main()
