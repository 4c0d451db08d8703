using System.Collections.Immutable;
using Shared.Reports;
using Shared.Statistics;
using Shared.Sweeps;

namespace Tests.Shared.Reports;

/// <summary>
/// A synthetic quickstart with something of everything: eight trials, one lost, one failed and one resumed attempt, one
/// diverged trial, one that never reaches the accuracy. Every number follows from the formulas below.
/// </summary>
internal static class GoldenSweep
{
    private const int Updates = 300;

    private static readonly string[] Places = ["box-1", "box-2"];

    public static SweepPlan Plan => RecordedSweep.Plan(
        2,
        [
            ("sampler.step_size", ["10", """{"schedule":"geometric","start":20,"end":2}"""]),
            ("initialisation.start", ["\"noise\"", "\"buffer\""]),
        ],
        [
            ("model.hidden", "16"), ("training.updates", "300"), ("training.batch_size", "64"),
            ("training.learning_rate", "1e-3"), ("sampler.steps", "20"), ("sampler.form", "\"decoupled\""), ("sampler.noise", "0.005"),
        ],
        question: "Does a replay buffer train a two-head JEM more steadily than noise, "
            + "and does a falling step size help?");

    /// <summary>The whole history.</summary>
    /// <param name="name">Name of the sweep.</param>
    /// <param name="withLosses">With attempts that were lost and failed on the way.</param>
    /// <param name="pictures">
    /// PNG bytes for a configuration (from 0) and a name, where the test shows pictures.
    /// </param>
    public static RecordedSweep Record(
        string name = "quickstart", bool withLosses = true, Func<int, string, byte[]>? pictures = null)
    {
        var sweep = new RecordedSweep(Plan, name);
        for (var trial = 1; trial <= 8; trial++)
        {
            sweep.Worker = Places[trial % 2];
            var from = withLosses ? Stumble(sweep, trial) : null;
            var attempt = sweep.Claim(trial, from);
            Train(sweep, attempt, trial, from?.Update ?? 0);
            if (trial == 2)
            {
                sweep.End(attempt, Outcome.Diverged, "mean |E| is 1.31e5 at update 211, above 1e5");
                continue;
            }

            Evaluate(sweep, attempt, trial);
            foreach (var picture in (string[])["samples.png", "samples_fresh.png", "real.png"])
            {
                if (pictures is not null)
                {
                    sweep.Store(attempt, picture, pictures((trial - 1) / 2, picture));
                }
            }

            if (pictures is not null)
            {
                LeaveMore(sweep, attempt, trial, pictures);
            }

            sweep.End(attempt, Outcome.Completed);
        }

        return sweep;
    }

    /// <summary>
    /// Histograms, and for the first configuration pictures on the way, stored out of order.
    /// </summary>
    private static void LeaveMore(
        RecordedSweep sweep, AttemptId attempt, int trial, Func<int, string, byte[]> pictures)
    {
        Histogram Bell(double middle, double width) => new(-3, 9, [.. Enumerable.Range(0, 40).Select(
            bin => (long)(2_000 * Math.Exp(-Math.Pow(((bin * 0.3) - 2.85 - middle) / width, 2))))]);
        var noise = trial % 4 is 1 or 2;
        var histograms = new EvaluationHistograms(
            Bell(0, 0.8), Bell(noise ? 2 : 0.2, noise ? 1.5 : 0.9), Bell(6, 0.7),
            [.. Enumerable.Range(0, 10).Select(i => 195L + i)],
            [.. Enumerable.Range(0, 10).Select(i => noise && i > 6 ? 10L : 150 + (20L * (i % 4)))]);
        sweep.Store(
            attempt, EvaluationHistograms.FileName, histograms.ToBytes(), EvaluationHistograms.MediaType);
        if (trial is 1 or 3)
        {
            sweep.Store(attempt, ChainEnergies.PictureName, pictures(0, ChainEnergies.PictureName));
            sweep.Store(
                attempt, ChainEnergies.FileName, Chains(fall: trial == 1 ? 4 : 2).ToBytes(), ChainEnergies.MediaType);
            var nearest = new NearestRecord(
                60_000,
                [.. Enumerable.Range(0, 8).Select(i => ImmutableArray.Create(6 + (0.25f * i), 8 + i, 9 + i))],
                [.. Enumerable.Range(0, 8).Select(i => ImmutableArray.Create(100 * i, 7, 59_999))],
                [.. Enumerable.Range(0, 8).Select(i => 5 + (0.5f * i))]);
            sweep.Store(attempt, NearestRecord.PictureName, pictures(0, NearestRecord.PictureName));
            sweep.Store(attempt, NearestRecord.FileName, nearest.ToBytes(), NearestRecord.MediaType);
        }

        string[] onTheWay = trial == 1 ? ["samples_000200.png", "samples_000100.png"] : [];
        foreach (var name in onTheWay)
        {
            sweep.Store(attempt, name, pictures(0, "samples.png"));
        }

        if (trial == 1)
        {
            sweep.Store(attempt, "samples_real.png", pictures(0, "real.png"));
        }
    }

    /// <summary>Energies of six chains that fall, each to a level of its own, with a wobble on the way.</summary>
    private static ChainEnergies Chains(double fall) => new(
        [0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20],
        [.. Enumerable.Range(0, 21)],
        [
            .. Enumerable.Range(0, 6).Select(chain => Enumerable.Range(0, 21)
                .Select(step => (float)Round((fall * Math.Exp(-step / 4.0)) + (0.1 * Math.Sin(step + chain)) + (0.1 * chain)))
                .ToImmutableArray()),
        ]);

    /// <summary>Attempts that come to nothing, and one that leaves a checkpoint.</summary>
    private static CheckpointId? Stumble(RecordedSweep sweep, int trial)
    {
        if (trial == 3)
        {
            var lost = sweep.Claim(trial);
            sweep.Measure(lost, (10, "gap", 77), (10, "loss", 77), (20, "fid_clf", 1e9));
            sweep.Lose(lost, "the slot's process ended by signal 9", "update 20 of 300\nKilled\n");
        }

        if (trial == 6)
        {
            var failed = sweep.Claim(trial);
            sweep.FailOnce(
                failed,
                "CUDA out of memory",
                "Traceback:\n  <script>alert(1)</script>\n``` fence\n\u001b[31mred");
        }

        return trial == 8 ? Resumable(sweep, trial) : null;
    }

    /// <summary>An attempt that is lost beyond its checkpoint, where it measured what must not count.</summary>
    private static CheckpointId Resumable(RecordedSweep sweep, int trial)
    {
        var lost = sweep.Claim(trial);
        Train(sweep, lost, trial, after: 0, last: 150);
        sweep.Measure(lost, (150, "updates_to_accuracy", 150));
        var checkpoint = sweep.Checkpoint(lost, 150);
        sweep.Measure(lost, (160, "gap", 77), (160, "loss", 77), (160, "fid_clf", 1e9));
        sweep.Lose(lost, "the slot's process ended by signal 9");
        return checkpoint;
    }

    private static void Train(
        RecordedSweep sweep, AttemptId attempt, int trial, int after = 0, int last = Updates)
    {
        var (noise, falling) = (trial % 4 is 1 or 2, trial > 4);
        last = trial == 2 ? 210 : last;
        for (var step = after + 10; step <= last; step += 10)
        {
            var wobble = Math.Sin((step * 0.37) + trial) + (0.6 * Math.Sin((step * 0.11 * trial) + 1));
            var gap = noise ? (0.9 * wobble) + (0.002 * step) : 0.06 * wobble * (falling ? 0.7 : 1);
            var blow = trial == 2 && step > 150 ? Math.Exp((step - 150) / 6.0) : 0;
            var cross = 0.55 + (1.7 * Math.Exp(-step / (noise ? 110.0 : 80.0))) + (0.02 * wobble);
            sweep.Measure(
                attempt, (step, "loss", Round(cross + (0.1 * Math.Abs(gap)) - gap + blow)),
                (step, "loss_class", Round(cross)), (step, "loss_contrastive", Round(-gap)),
                (step, "loss_energy_l2", Round((gap * gap) + 0.2)),
                (step, "energy_data", Round(-0.1 - (gap / 2))),
                (step, "energy_samples", Round(-0.1 + (gap / 2))), (step, "gap", Round(gap + blow)),
                (step, "updates_per_second", Round(41.7 + wobble)));
            if (step % 50 == 0)
            {
                var top = noise ? 0.66 : 0.75;
                var accuracy = Round(top - (0.6 * Math.Exp(-step / 60.0)) + (0.01 * wobble));
                sweep.Measure(attempt, (step, "accuracy", accuracy));
            }
        }
    }

    private static void Evaluate(RecordedSweep sweep, AttemptId attempt, int trial)
    {
        var (noise, falling) = (trial % 4 is 1 or 2, trial > 4);
        var shift = Math.Sin(trial * 1.7);
        sweep.Measure(
            attempt,
            (Updates, "gap_sd", Round((noise ? 0.83 : falling ? 0.045 : 0.058) * (1 + (0.06 * shift)))),
            (Updates, "accuracy", Round((noise ? 0.674 : 0.741) + (0.012 * shift))),
            (Updates, "fid_clf", Round(noise ? 190 + (45 * shift) : (falling ? 13 : 17) + (2 * shift))),
            (Updates, "fid_clf_fresh", Round(noise ? 188 + (46 * shift) : 330 + (60 * shift))),
            (Updates, "fid_clf_start", Round(631 + shift)),
            (Updates, "ece", Round(0.05 + (0.01 * shift))),
            (Updates, "auroc_noise", Round(0.99 + (0.005 * shift))));
        var isReachedBefore = trial == 8 && attempt.Number > 1;   // by the attempt that it goes on from
        if (trial != 5 && !isReachedBefore)
        {
            sweep.Measure(
                attempt, (noise ? 250 : 150, "updates_to_accuracy", noise ? 250 : 150 - (25 * (trial % 2))));
        }
    }

    private static double Round(double value) => Math.Round(value, 6);
}
