using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>The small energy of torch_golden.py.</summary>
internal static class Networks
{
    internal static Sequential Energy(int hidden = 2) => nn.Sequential(
        nn.Conv2d(1, hidden, 5, 2, 4),
        nn.SiLU(),
        nn.Conv2d(hidden, 2 * hidden, 3, 2, 1),
        nn.SiLU(),
        nn.Flatten(),
        nn.Linear(2 * hidden * 9, 1));
}
