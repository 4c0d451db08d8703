using Bench.Orchestration;

namespace Tests.Bench;

public sealed class ReportingSweepTests
{
    [Theory]
    [InlineData(10_000, 10)]
    [InlineData(10_000, 5, 10, 20)]
    [InlineData(200)]
    public void A_grid_that_divides_the_trials_makes_a_sweep(int trials, params int[] grid) =>
        ReportingSweep.Problem(grid, trials).ShouldBeNull();

    [Theory]
    [InlineData("2500 trials of 1000 configurations: a whole number of replicates was expected, ", 2_500, 10, 100)]
    [InlineData("1001 trials of 1 configurations: a whole number of replicates was expected, ", 1_001)]
    [InlineData("a grid has at most 3 parameters, not 4", 16, 2, 2, 2, 2)]
    public void What_makes_none_is_said(string problem, int trials, params int[] grid) =>
        ReportingSweep.Problem(grid, trials).ShouldNotBeNull().ShouldStartWith(problem);
}
