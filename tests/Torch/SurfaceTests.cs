using System.Text;
using Tests.Shared.Reports;
using TorchSharp;

namespace Tests.Torch;

/// <summary>
/// What <c>Torch/</c> declares of TorchSharp is written down, so that it can be held against the package.
/// </summary>
public sealed class SurfaceTests
{
    private const string List = "SURFACE.txt";

    [Fact]
    public void The_committed_list_names_every_member_that_Torch_declares()
    {
        var text = string.Join('\n', Surface.Of(typeof(torch).Assembly)) + "\n";
        var written = Path.Combine(AppContext.BaseDirectory, List);
        File.WriteAllText(written, text);

        Encoding.UTF8.GetString(RepositoryFiles.Read($"Torch/{List}"))
            .ShouldBe(text, $"Torch/{List} is out of date; copy {written} over it");
    }
}
