using System.Runtime.InteropServices;
using System.Text.Json;
using Shared.Experiments;
using Shared.Search;

namespace Shared.Reports;

/// <summary>
/// τ, the temperature of a Langevin chain: it targets exp(−E/τ) as long as no gradient is clipped.
/// </summary>
/// <param name="First">τ of the first step, 1.</param>
/// <param name="Last">τ of the last step, 1; another one where step size or noise change along the chain.</param>
/// <remarks>
/// x ← x − α·∇E + σ·η is the textbook's step x ← x − ε²/2·∇(E/τ) + ε·η with ε = σ and ε²/2τ = α, so τ = σ²/2α.
/// Source: Welling and Teh, "Bayesian learning via stochastic gradient Langevin dynamics", ICML 2011, eq. 4.
/// </remarks>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ChainTemperature(double First, double Last)
{
    /// <summary>
    /// The temperature of the chains of a configuration; nothing where its experiment has no such chain.
    /// </summary>
    public static ChainTemperature? Of(Configuration configuration)
    {
        var values = configuration.Resolved;
        if (!values.TryGetValue("sampler.form", out var form)
            || !values.TryGetValue("sampler.steps", out var steps)
            || !values.TryGetValue("sampler.step_size", out var size))
        {
            return null;
        }

        if (form.Display == "textbook")
        {
            return new ChainTemperature(1, 1);
        }

        return values.TryGetValue("sampler.noise", out var noise)
            && int.TryParse(steps.Json, out var count)
            && ScheduleOf(size) is { } alpha
            && ScheduleOf(noise) is { } sigma
                ? new ChainTemperature(At(0), At(count - 1))
                : null;

        double At(int step) => Math.Pow(sigma.At(step, count), 2) / (2 * alpha.At(step, count));
    }

    /// <summary>One number, or the first and the last.</summary>
    public override string ToString() => First == Last
        ? Spelling.Rounded(First)
        : $"{Spelling.Rounded(First)} → {Spelling.Rounded(Last)}";

    private static Schedule? ScheduleOf(ParameterValue value)
    {
        using var document = JsonDocument.Parse(value.Json);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Number => new Schedule.Constant(document.RootElement.GetDouble()),
            JsonValueKind.Object => ScheduleForm.Read(document.RootElement),
            _ => null,
        };
    }
}
