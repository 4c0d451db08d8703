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
    /// <summary>Writes a list of <see cref="Finding"/> to the output.</summary>
    /// <param name="places">Where data are looked for.</param>
    /// <returns>0.</returns>
    public static int Run(DataPlaces places)
    {
        var answer = Console.Out;
        Console.SetOut(TextWriter.Null);   // where TorchSharp does not load it says there what it tried
        IReadOnlyList<Finding> libtorch;
        try
        {
            libtorch = Libtorch();
        }
        finally
        {
            Console.SetOut(answer);
        }

        Console.WriteLine(StatusJson.Write([.. libtorch, .. Data(places)]));
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
        float[] values;
        try
        {
            found = version();   // the TorchSharp package knows it before anything is loaded
            values = gradient();
        }
        catch (Exception missing) when (NativePart.WhyNotLoaded(missing) is not null)
        {
            var why = $"does not load: {NativePart.WhyNotLoaded(missing)}";
            return [new Finding("native part", FindingLevel.Wrong, why, NativePart.Repair)];
        }

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
