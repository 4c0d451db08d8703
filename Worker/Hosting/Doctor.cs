using Shared.Data;
using Shared.Diagnosis;
using TorchSharp;
using Training.Data;
using Training.Experiments;
using static TorchSharp.torch;

namespace Worker.Hosting;

/// <summary>The part of <c>./sweep doctor</c> that needs libtorch and data.</summary>
public static class Doctor
{
    /// <summary>What to do when the native part does not load.</summary>
    public const string NativeRepair =
        "apt-get install libtorch-dev libopenblas0-pthread, then rm -rf artifacts and ./sweep doctor again";

    /// <summary>Writes a list of <see cref="Finding"/> to the output.</summary>
    /// <param name="places">Where data are looked for.</param>
    /// <returns>0.</returns>
    public static int Run(DataPlaces places)
    {
        Console.WriteLine(StatusJson.Write([.. Libtorch(), .. Data(places)]));
        return 0;
    }

    /// <summary>Whether this machine's libtorch loads and computes.</summary>
    public static IReadOnlyList<Finding> Libtorch() => Libtorch(() => __version__, Gradient);

    /// <summary>Whether a libtorch loads and computes.</summary>
    /// <param name="version">Its version, as the native part says.</param>
    /// <param name="gradient">The gradient of x² at 1, 2 and 3, as it computes it.</param>
    public static IReadOnlyList<Finding> Libtorch(Func<string> version, Func<float[]> gradient)
    {
        string found;
        try
        {
            found = version();
        }
        catch (Exception missing) when (missing is DllNotFoundException or TypeInitializationException
            or EntryPointNotFoundException or BadImageFormatException)
        {
            var cause =
                missing is TypeInitializationException { InnerException: { } inner } ? inner : missing;
            var reason = cause.Message.Split('\n')[0].TrimEnd('.');
            return [new Finding("native part", FindingLevel.Wrong, $"does not load: {reason}", NativeRepair)];
        }

        var values = gradient();
        var computed = string.Join(", ", values);
        return
        [
            new Finding("native part", FindingLevel.Ok, "loads"),
            values is [2, 4, 6]
                ? new Finding(
                    "libtorch", FindingLevel.Ok, $"{found}; the gradient of x² at 1, 2, 3 is {computed}")
                : new Finding(
                    "libtorch", FindingLevel.Wrong,
                    $"{found} computes {computed} as the gradient of x² at 1, 2, 3, which is 2, 4, 6",
                    "apt-get install --reinstall libtorch-dev libopenblas0-pthread"),
        ];
    }

    private static List<Finding> Data(DataPlaces places)
    {
        try
        {
            return [.. ImageSetListing.Of(places).Select(MachineFindings.Data)];
        }
        catch (DataSetException wrong)
        {
            return
            [
                new Finding(
                    "data", FindingLevel.Wrong, wrong.Message.TrimEnd('.'), "name a folder that is there"),
            ];
        }
    }

    private static float[] Gradient()
    {
        using var scope = NewDisposeScope();
        var x = arange(1, 4, 1, float32).requires_grad_();
        (x * x).sum().backward();
        return [.. x.Gradient()!.data<float>()];
    }
}
