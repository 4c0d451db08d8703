using System.Text;
using Tests.Shared.Reports;
using TorchSharp;

namespace Tests.Torch;

/// <summary>Holds what <c>Torch/</c> declares against the TorchSharp package; only in a build with the package.</summary>
public sealed class PackageSurfaceTests
{
    [Fact]
    public void The_package_has_every_member_that_the_list_names() =>
        Encoding.UTF8.GetString(RepositoryFiles.Read("Torch/SURFACE.txt")).TrimEnd().Split('\n')
            .Where(line => !Surface.Has(typeof(torch).Assembly, line))
            .ShouldBeEmpty();
}
