namespace Shared.Statistics;

/// <summary>How many independent values chains are worth, and whether they can be told apart.</summary>
public static class MixingStatistics
{
    /// <summary>Effective number of values of several chains together.</summary>
    /// <param name="chains">At least one chain of at least four finite values, all equally long.</param>
    /// <returns>At most m·n·log₁₀(m·n); nothing where no value varies.</returns>
    /// <remarks>
    /// Autocorrelations from the variances within and between chains, ρ_t = 1 − (W − mean γ_t)/V, cut by Geyer's
    /// initial positive sequence of pairs and made to fall: Vehtari et al., "Rank-normalization, folding, and
    /// localization", Bayesian Analysis 16 (2021), eq. 10, without the rank normalisation; Geyer 1992, section 3.3.
    /// </remarks>
    public static double? EffectiveNumber(IReadOnlyList<double[]> chains)
    {
        var (m, n) = (chains.Count, chains[0].Length);
        var moments = chains.Select(chain => Moments.Of(chain)!).ToList();
        var within = moments.Average(one => Square(one.StandardDeviation!.Value));
        var between = m > 1 ? Square(Moments.Of([.. moments.Select(one => one.Mean)])!.StandardDeviation!.Value) : 0;
        var total = ((n - 1.0) / n * within) + between;
        if (total <= 0)
        {
            return null;
        }

        var (time, before) = (-1.0, double.PositiveInfinity);
        for (var lag = 0; lag + 1 < n; lag += 2)
        {
            var pair = Correlation(lag) + Correlation(lag + 1);
            if (pair < 0)
            {
                break;
            }

            before = Math.Min(before, pair);
            time += 2 * before;
        }

        var all = (double)m * n;
        return all / Math.Max(time, 1 / Math.Log10(all));   // chains that swing make the sum small, or negative

        double Correlation(int lag) => lag == 0
            ? 1
            : 1 - ((within - Enumerable.Range(0, m).Average(i => Covariance(chains[i], moments[i].Mean, lag))) / total);
    }

    /// <summary>Split R̂: the variance of half-chains together by that within them, its root.</summary>
    /// <param name="chains">At least one chain of at least four finite values, all equally long.</param>
    /// <returns>1 where half-chains cannot be told apart; nothing where none varies.</returns>
    /// <remarks>Source: Vehtari et al. 2021, eq. 1 to 4; Gelman et al., Bayesian Data Analysis, 3rd edition, 11.4.</remarks>
    public static double? SplitRhat(IReadOnlyList<double[]> chains)
    {
        var half = chains[0].Length / 2;
        var halves = chains.SelectMany(chain => new[] { chain[..half], chain[^half..] })
            .Select(part => Moments.Of(part)!).ToList();
        var within = halves.Average(part => Square(part.StandardDeviation!.Value));
        var between = half * Square(Moments.Of([.. halves.Select(part => part.Mean)])!.StandardDeviation!.Value);
        return within > 0 ? Math.Sqrt((((half - 1.0) / half * within) + (between / half)) / within) : null;
    }

    private static double Covariance(double[] chain, double mean, int lag)
    {
        var sum = 0.0;
        for (var i = lag; i < chain.Length; i++)
        {
            sum += (chain[i] - mean) * (chain[i - lag] - mean);
        }

        return sum / chain.Length;
    }

    private static double Square(double value) => value * value;
}
