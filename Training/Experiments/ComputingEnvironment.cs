using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Shared.Sweeps;
using Training.Data;
using Training.Evaluation;
using static TorchSharp.torch;

namespace Training.Experiments;

/// <summary>What a trial computes with: equal results are promised on equal environments only.</summary>
public static class ComputingEnvironment
{
    private const string ProcessorFile = "/proc/cpuinfo";

    /// <summary>Describes this process.</summary>
    /// <param name="program">Hash of the program's source trees.</param>
    /// <param name="data">The images that it trains on, where the experiment needs some.</param>
    public static AttemptEnvironment Describe(string program, ImageData? data)
    {
        var libraries = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        libraries["dotnet"] = Environment.Version.ToString();
        libraries["libtorch"] = __version__;
        if (data is not null)
        {
            libraries.AddRange(OfData(data));
        }

        return new AttemptEnvironment(
            $"{Processor()} ({InstructionSet()})", "libtorch-cpu", libraries.ToImmutable(), program);
    }

    /// <summary>What images add to an environment: their hash, and that of what judges their samples.</summary>
    /// <param name="data">The images that a trial trains on.</param>
    /// <remarks>Needs no native library: a worker describes data that its slots have not read yet.</remarks>
    public static IEnumerable<KeyValuePair<string, string>> OfData(ImageData data)
    {
        yield return KeyValuePair.Create($"data {data.Name}", data.Hash());
        if (FeatureNetwork.HashOf(data.Name) is { } network)
        {
            yield return KeyValuePair.Create($"feature network {data.Name}", network);
        }
    }

    private static string Processor()
    {
        IEnumerable<string> lines = File.Exists(ProcessorFile) ? File.ReadLines(ProcessorFile) : [];
        var model = lines.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
        return model is null
            ? RuntimeInformation.ProcessArchitecture.ToString()
            : model[(model.IndexOf(':') + 1)..].Trim();
    }

    private static string InstructionSet()
    {
        if (Avx512F.IsSupported)
        {
            return "AVX-512";
        }

        if (Avx2.IsSupported && Fma.IsSupported)
        {
            return "AVX2 and FMA";
        }

        return Vector256.IsHardwareAccelerated ? "256-bit vectors" : "no 256-bit vectors";
    }
}
