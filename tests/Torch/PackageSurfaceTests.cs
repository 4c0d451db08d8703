using System.Text;
using Tests.Shared.Reports;
using static TorchSharp.torch;

namespace Tests.Torch;

/// <summary>
/// Holds what <c>Torch/</c> declares against the TorchSharp package; only in a build with the package.
/// </summary>
public sealed class PackageSurfaceTests
{
    [Fact]
    public void The_package_has_every_member_that_the_list_names() =>
        Lines("Torch/SURFACE.txt")
            .Where(line => !Surface.Has(typeof(Tensor).Assembly, line))
            .ShouldBeSubsetOf(IsOld ? Lines("tests/Golden/torchsharp-0.99.6-lacks.txt") : []);

    // A release from before 0.102.5, where the gradient became a property: most members that say what a layer
    // was made with came later. Training uses none of them, or it would not compile.
    private static bool IsOld => typeof(Tensor).GetProperty("grad") is null;

    private static string[] Lines(string path) =>
        Encoding.UTF8.GetString(RepositoryFiles.Read(path)).TrimEnd().Split('\n');
}
