using System.Text.Json;
using Shared.Execution;
using Shared.Experiments;
using Shared.Metrics;
using Shared.Statistics;
using Tests.Torch;
using Training.Data;
using Training.Evaluation;
using Training.Experiments;
using Training.Models;
using static Tests.Training.ImageTrialFixture;

namespace Tests.Training;

/// <summary>A class that is left out of training, and how well a model tells it from the others.</summary>
[Collection(nameof(TorchCollection))]
public sealed class HeldOutClassTests
{
    private const int Held = 3;

    private static readonly TwoHeadParameters Without3 =
        Short with { Training = Short.Training with { HeldOutClass = Held, Images = 2_000 } };

    private static readonly Lazy<RecordingTrial> Trained = new(() => Run(Without3));

    [Fact]
    public void No_image_of_the_class_is_left_and_the_others_keep_their_order()
    {
        var images = new LabelledImages(1, 2, [1, 2, 3, 4, 5, 6, 7, 8], [Held, 0, Held, 1]);
        var all = new ImageData("tiny", 10, images, images with { Labels = [0, 1, 2, Held] });

        var seen = TrainedImages.Of(all, new ImageTrainingParameters { HeldOutClass = Held });
        seen.Train.Labels.ShouldBe([0, 1]);
        seen.Train.Pixels.ShouldBe([3, 4, 7, 8]);
        seen.Test.Labels.ShouldBe([0, 1, 2]);
        seen.Classes.ShouldBe(10);
        TrainedImages.Of(all, new ImageTrainingParameters { HeldOutClass = Held, Images = 1 }).Train.Pixels
            .ShouldBe([3, 4], "the first so many of those that are left");
        TrainedImages.HeldOut(all, Held).Pixels.ShouldBe([7, 8]);
    }

    [Fact]
    public void Nothing_is_changed_where_no_class_is_held_out()
    {
        var all = TestImages.Of("fashion-mnist");

        TrainedImages.Of(all, new ImageTrainingParameters()).ShouldBeSameAs(all);
    }

    [Fact]
    public void A_trial_trains_and_is_measured_on_the_other_classes_alone()
    {
        var description = JsonDocument.Parse(Trained.Value.Artifacts[TrialDescription.FileName]).RootElement;

        var data = description.GetProperty("data");
        (data.GetProperty("train").GetInt32(), data.GetProperty("test").GetInt32()).ShouldBe((54_000, 9_000));
        var seen = TrainedImages.OfClasses(TestImages.Of("fashion-mnist"), Without3.Training);
        new ModelEvaluation(Stored(), new RecordingTrial(data: "fashion-mnist"), model =>
        {
            var predictions = Classification.Of((IClassifier)model.Model, seen.Test, seen.Test.Count);
            Trained.Value.Last("accuracy").ShouldBe(predictions.Accuracy);
            model.TrainedImages.Train.Count.ShouldBe(2_000);
            model.TrainedImages.Train.Labels.ShouldNotContain((byte)Held);
        }).Run(ExperimentRunner.Default, ExperimentCatalog.Default);
    }

    [Fact]
    public void The_class_is_told_by_a_threshold_from_every_other_image_of_the_others()
    {
        var data = TestImages.Of("fashion-mnist");
        var seen = TrainedImages.OfClasses(data, Without3.Training).Test;
        double[] known = [], strange = [];
        new ModelEvaluation(Stored(), new RecordingTrial(data: "fashion-mnist"), model =>
        {
            known = Energies.Of(model.Model.Score, seen.Flattened(9_000), data.Shape);
            strange = Energies.Of(model.Model.Score, TrainedImages.HeldOut(data, Held).Flattened(1_000), data.Shape);
        }).Run(ExperimentRunner.Default, ExperimentCatalog.Default);
        var threshold = known.Where((_, i) => i % 2 == 0).Order().Skip(449).Take(2).ToArray();   // a tenth of 4,499 steps: 449.9

        var trial = Evaluate(Trained.Value.Artifacts["model.safetensors"], quantile: 0.1);

        trial.Points.Select(p => p.Metric).Order().ShouldBe(AnomalyMetrics.All.Select(m => m.Name).Order());
        trial.Last("threshold_anomaly").ShouldBeInRange(threshold[0], threshold[1]);
        var least = trial.Last("threshold_anomaly");
        trial.Last("recall_anomaly").ShouldBe(strange.Count(f => f < least) / 1_000.0);
        double[] rest = [.. known.Where((_, i) => i % 2 == 1)];
        trial.Last("false_alarms_anomaly").ShouldBe(rest.Count(f => f < least) / 4_500.0);
        trial.Last("false_alarms_anomaly").ShouldBe(0.1, 0.03);
        trial.Last("auroc_anomaly").ShouldBe(RankStatistics.Auroc(rest, strange));
    }

    [Fact]
    public void A_class_that_the_data_lack_is_refused_and_so_is_a_model_that_saw_them_all()
    {
        var absent = Short with { Training = Short.Training with { HeldOutClass = 12 } };

        Should.Throw<DataSetException>(() => Run(absent)).Message.ShouldBe(
            "fashion-mnist has no test images of class 12: give training.held_out_class another value.");
        var all = Run(Short with { Training = Short.Training with { Updates = 1 } });
        Should.Throw<InvalidOperationException>(() => Evaluate(all.Artifacts["model.safetensors"], quantile: 0.05))
            .Message.ShouldBe("no class was held out of the model's training");
    }

    private static SafeTensors Stored() => SafeTensors.Read(Trained.Value.Artifacts["model.safetensors"]);

    private static RecordingTrial Evaluate(byte[] model, double quantile)
    {
        var trial = new RecordingTrial(data: "fashion-mnist") { Parent = model };
        var parameters = new ModelEvaluationParameters
        {
            Anomaly = new() { Score = AnomalyScore.F, Quantile = quantile },
        };
        ExperimentRunner.Default.Run(parameters, trial).ShouldBe(new TrialEnd.Completed());
        return trial;
    }
}
