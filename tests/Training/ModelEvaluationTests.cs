using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Reports;
using Shared.Statistics;
using Tests.Shared.Reports;
using Tests.Torch;
using Training.Evaluation;
using Training.Experiments;
using Training.Models;
using static Tests.Training.ImageTrialFixture;

namespace Tests.Training;

/// <summary>What an evaluation measures of a stored model.</summary>
[Collection(nameof(TorchCollection))]
public sealed class ModelEvaluationTests
{
    private static readonly ModelEvaluationParameters Ood = new()
    {
        Ood = new() { Set = OodSet.Noise, Images = 200, TrainingImages = 300 },
    };

    private static readonly Lazy<byte[]> Model = new(() => Run(Short).Artifacts["model.safetensors"]);

    private static readonly JsonElement Golden =
        JsonDocument.Parse(RepositoryFiles.Read("tests/Golden/model_evaluation.json")).RootElement;

    [Fact]
    public void Every_score_of_a_joint_model_has_every_measure_on_every_set()
    {
        var trial = Evaluate(Ood with { Ood = Ood.Ood with { Set = OodSet.Others } });

        trial.Points.Select(p => p.Metric).Order().ShouldBe(
            OodMetrics.All.Select(m => m.Name).Where(n => !n.EndsWith("_fashion_mnist", StringComparison.Ordinal)).Order());
        trial.Points.ShouldAllBe(p => p.Step == 1 && p.Value >= 0 && p.Value <= 1);
    }

    [Fact]
    public void The_same_model_gives_the_same_numbers_again_on_the_same_noise_whatever_the_seed()
    {
        var once = Evaluate(Ood).Points;

        Evaluate(Ood).Points.ShouldBe(once);
        Evaluate(Ood, seed: 2).Points.ShouldBe(once);
    }

    [Fact]
    public void Scores_of_every_image_are_kept_and_alone_say_what_was_reported()
    {
        var trial = Evaluate(Ood with { Ood = Ood.Ood with { Set = OodSet.Others } });

        var file = OodScoreFile.Read(trial.Artifacts.ShouldHaveSingleItem().Value)!;
        trial.Artifacts.Keys.ShouldBe([OodScoreFile.FileName]);
        file.Others.Keys.ShouldBe(["mnist", "noise"]);
        ((int[])[file.Test.Length, .. file.Others.Values.Select(scores => scores.Length)]).ShouldBe([200, 200, 200]);
        foreach (var alone in OodEnsemble.Of([file]))
        {
            alone.Auroc.ShouldBe(trial.Last($"auroc_f_{alone.Set}"));
            alone.Aupr.ShouldBe(trial.Last($"aupr_f_{alone.Set}"));
            alone.Fpr95.ShouldBe(trial.Last($"fpr95_f_{alone.Set}"));
        }
    }

    [Fact]
    public void The_auroc_of_f_is_that_of_the_models_own_scores()
    {
        var data = TestImages.Of("fashion-mnist");
        double[]? own = null, others = null;
        new ModelEvaluation(SafeTensors.Read(Model.Value), new RecordingTrial(data: "fashion-mnist"), model =>
        {
            own = Energies.Of(model.Model.Score, data.Test.Flattened(200), data.Shape);
            others = Energies.Of(model.Model.Score, data.Train.Flattened(200), data.Shape);
        }).Run(ExperimentRunner.Default, ExperimentCatalog.Default);

        Evaluate(Ood with { Ood = Ood.Ood with { Set = OodSet.Mnist } }).Last("auroc_f_mnist")
            .ShouldBe(RankStatistics.Auroc(own!, others!));
    }

    [Fact]
    public void A_set_against_itself_is_chance()
    {
        var same = Ood with { Ood = Ood.Ood with { Set = OodSet.FashionMnist } };

        Evaluate(same).Last("auroc_f_fashion_mnist").ShouldBe(0.5);
    }

    [Fact]
    public void Mahalanobis_distances_are_those_of_an_inverse_covariance()
    {
        byte[] labels = [.. Golden.GetProperty("labels").EnumerateArray().Select(label => label.GetByte())];
        var distances = FeatureDistances.Of(Rows("training"), labels).Least(Rows("queries"));

        var expected = Golden.GetProperty("mahalanobis").EnumerateArray().Select(d => d.GetDouble()).ToArray();
        for (var i = 0; i < expected.Length; i++)
        {
            distances[i].ShouldBe(expected[i], 1e-8 * expected[i]);
        }
    }

    [Fact]
    public void A_gradient_by_the_image_is_the_slope_of_the_score()
    {
        var data = TestImages.Of("fashion-mnist");
        new ModelEvaluation(SafeTensors.Read(Model.Value), new RecordingTrial(data: "fashion-mnist"), model =>
        {
            var image = data.Test.Flattened(1);
            var gradient = InputGradients.Of(model.Model.Score, image, data.Shape);
            var steepest = Array.IndexOf(gradient, gradient.MaxBy(Math.Abs));
            const float Step = 1e-2f;
            float[] up = [.. image], down = [.. image];
            up[steepest] += Step;
            down[steepest] -= Step;
            var slope = (Energies.Of(model.Model.Score, up, data.Shape)[0]
                - Energies.Of(model.Model.Score, down, data.Shape)[0]) / (2 * Step);
            slope.ShouldBe(gradient[steepest], 0.02 * Math.Abs(gradient[steepest]));
        }).Run(ExperimentRunner.Default, ExperimentCatalog.Default);
    }

    [Fact]
    public void A_probability_that_rounds_to_one_still_ranks()
    {
        var likely = ClassLikelihood.Of(new Fixed([60, 0, 0]), 1, [0f], [1]);
        var likelier = ClassLikelihood.Of(new Fixed([80, 0, 0]), 1, [0f], [1]);

        likely[0].ShouldBe(-2 * Math.Exp(-60), 1e-30);
        likelier[0].ShouldBeGreaterThan(likely[0]);
        ClassLikelihood.Of(new Fixed([5, 5]), 1, [0f], [1])[0].ShouldBe(-Math.Log(2), 1e-12);
    }

    [Fact]
    public void A_model_of_an_unknown_experiment_or_none_is_refused()
    {
        var file = SafeTensors.Read(Model.Value);
        var strange = file with { Metadata = file.Metadata.SetItem("experiment", "two-tails") };

        Should.Throw<InvalidDataException>(() => Evaluate(Ood, model: strange.ToBytes()))
            .Message.ShouldBe("'two-tails' is no experiment that this program knows");
        Should.Throw<InvalidOperationException>(() => ExperimentRunner.Default.Run(Ood, new RecordingTrial()))
            .Message.ShouldBe("an evaluation needs a model to measure, and none was given");
    }

    [Fact]
    public void Samples_are_scored_beside_what_says_how_to_read_the_scores()
    {
        var samples = new SampleQualityParameters { Chains = SampledChains.Fresh, KidSubsets = 5, KidSubsetSize = 200 };
        var trial = Evaluate(new ModelEvaluationParameters { Samples = samples });

        trial.Points.Select(p => p.Metric).Order().ShouldBe(SampleQualityMetrics.All.Select(m => m.Name).Order());
        foreach (var measure in (string[])["fid", "kid"])
        {
            trial.Last($"real_{measure}").ShouldBeLessThan(trial.Last($"gaussians_{measure}"));
            trial.Last($"gaussians_{measure}").ShouldBeLessThan(trial.Last($"noise_{measure}"));
        }

        trial.Last("real_fid").ShouldBe(0.5017, 1e-3 * 0.5017, "calibration.againstNextTestImages of fashion-mnist.json");
        trial.Last("real_precision").ShouldBeGreaterThan(0.8);
        trial.Last("noise_precision").ShouldBeLessThan(0.2);
        trial.Last("real_inception_score").ShouldBeInRange(4, 10);
        var own = Run(Short);
        trial.Last("samples_fid").ShouldBe(own.Last("fid_clf_fresh"), 1e-9, "the same chains as at the end of training");
        trial.Last("start_fid").ShouldBe(own.Last("fid_clf_start"), 1e-9);
    }

    [Fact]
    public void An_attack_lowers_accuracy_and_one_that_may_do_anything_lowers_it_to_nothing()
    {
        var pgd = new PgdParameters { Attack = PgdAttack.Linf, Images = 100, Steps = 10, Step = 0.05, Restarts = 2 };
        var trial = Evaluate(new ModelEvaluationParameters { Pgd = pgd });

        trial.Points.Select(p => p.Metric).Order().ShouldBe(PgdMetrics.All.Select(m => m.Name).Order());
        trial.Last("accuracy_pgd").ShouldBeLessThan(trial.Last("accuracy_attacked_clean"));
        trial.Last("accuracy_pgd_twice").ShouldBeLessThanOrEqualTo(trial.Last("accuracy_pgd"));
        trial.Last("accuracy_pgd_whole_box").ShouldBe(0);
    }

    [Fact]
    public void Long_chains_have_effective_numbers_and_split_rhats()
    {
        var chains = new ChainDiagnosticsParameters { Start = DiagnosedChains.Noise, Count = 4, Steps = 60 };
        var trial = Evaluate(new ModelEvaluationParameters { Chains = chains });

        trial.Points.Select(p => p.Metric).Order().ShouldBe(ChainMetrics.All.Select(m => m.Name).Order());
        trial.Points.ShouldAllBe(p => double.IsFinite(p.Value) && p.Value > 0);
        Evaluate(new ModelEvaluationParameters { Chains = chains }).Points.ShouldBe(trial.Points);
    }

    private static RecordingTrial Evaluate(
        ModelEvaluationParameters parameters, long seed = 1, byte[]? model = null)
    {
        var own = TestImages.Of("fashion-mnist");
        var trial = new RecordingTrial(seed, data: "fashion-mnist")
        {
            Parent = model ?? Model.Value,
            Others = set => set == own.Name ? own : own with { Name = set, Test = own.Train },
        };
        ExperimentRunner.Default.Run(parameters, trial).ShouldBe(new TrialEnd.Completed());
        return trial;
    }

    private static Matrix<double> Rows(string name) => Matrix<double>.Build.DenseOfRows(
        Golden.GetProperty(name).EnumerateArray()
            .Select(row => row.EnumerateArray().Select(value => value.GetDouble())));

    private sealed class Fixed(float[] logits) : IClassifier
    {
        public TorchSharp.torch.Tensor Logits(TorchSharp.torch.Tensor x)
        {
            var rows = TorchSharp.torch.empty([x.shape[0], logits.Length]);
            for (var i = 0; i < x.shape[0]; i++)
            {
                logits.CopyTo(rows.Floats()[(i * logits.Length)..]);
            }

            return rows;
        }
    }
}
