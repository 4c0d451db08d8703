using Shared.Experiments;
using Tests.Torch;
using Training.Experiments;
using Training.Initialisation;
using Training.Randomness;
using Training.Samplers;

namespace Tests.Training;

[Collection(nameof(TorchCollection))]
public sealed class ChainReportTests
{
    private static readonly ChainTrace Trace = new(
        [new ChainStep(1, 3, 0.5, 0.1), new ChainStep(2, 5, 0.25, 0.2)],
        Displacement: 7,
        Saturation: 0.3,
        GradientEvaluations: 8,
        Acceptance: null);

    [Fact]
    public void Every_tenth_update_says_what_its_chains_did_and_what_all_have_cost()
    {
        var trial = new RecordingTrial();
        using var model = new GaussianEnergy();
        var report = new ChainReport(trial, model, new DataStart(), [2]);
        for (var update = 1; update <= 25; update++)
        {
            report.After(update, chains: 4, Trace, isDue: update % 10 == 0);
        }

        trial.Points.Select(point => $"{point.Step} {point.Metric} {point.Value}").ShouldBe([
            "10 gradient_norm_chain 4", "10 clipped_share 0.375", "10 saturation 0.3", "10 displacement 7",
            "10 gradient_evaluations 80",
            "20 gradient_norm_chain 4", "20 clipped_share 0.375", "20 saturation 0.3", "20 displacement 7",
            "20 gradient_evaluations 160",
        ]);
    }

    [Fact]
    public void A_buffer_adds_the_age_the_restarts_and_the_energy_of_its_chains()
    {
        var parameters = new InitialisationParameters { BufferSize = 40, Reinitialisation = 0.25 };
        var buffer = new ReplayBuffer(parameters, sampleSize: 2, Box.Images, new RandomStream(9));
        var trial = new RecordingTrial();
        using var model = new GaussianEnergy();
        var report = new ChainReport(trial, model, buffer, [2]);
        var restarted = 0;
        for (var update = 1; update <= 10; update++)
        {
            buffer.Draw(update, [], new float[40]);
            buffer.Return(Enumerable.Repeat(3f, 40).ToArray());
            restarted += buffer.Restarted;
            report.After(update, chains: 20, Trace, isDue: update == 10);
        }

        var ages = buffer.Ages.ToArray().Order().ToArray();
        trial.Last("chain_age").ShouldBe(ages.Average());
        trial.Last("chain_age_p95").ShouldBe(ages[37], "38 of 40 are 95 %");
        trial.Last("reinitialised_share").ShouldBe(restarted / 200.0);
        var energies = Enumerable.Range(0, 40).Average(
            slot => (Math.Pow(buffer[slot][0], 2) + Math.Pow(buffer[slot][1], 2)) / 2);
        trial.Last("energy_buffer").ShouldBe(energies, 1e-5);
    }
}
