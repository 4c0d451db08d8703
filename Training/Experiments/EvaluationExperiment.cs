using Shared.Experiments;
using Training.Models;

namespace Training.Experiments;

/// <summary>Measures the model of another sweep's trial, part by part, and trains nothing.</summary>
/// <remarks>
/// A part is an update: its metrics are reported under its number. There is nothing to resume from, so that an
/// attempt that was lost begins anew and reports the same.
/// </remarks>
public sealed class EvaluationExperiment : IExperiment<ModelEvaluationParameters>
{
    /// <inheritdoc/>
    public TrialEnd Run(ModelEvaluationParameters parameters, ITrial trial)
    {
        var bytes = trial.ParentModel()
            ?? throw new InvalidOperationException("an evaluation needs a model to measure, and none was given");
        new ModelEvaluation(SafeTensors.Read(bytes), trial, model => Measure(parameters, trial, model))
            .Run(ExperimentRunner.Default, ExperimentCatalog.Default);
        return new TrialEnd.Completed();
    }

    private static void Measure(ModelEvaluationParameters parameters, ITrial trial, MeasuredModel model)
    {
        var step = 0;
        foreach (var part in parameters.Parts)
        {
            trial.Stop.ThrowIfCancellationRequested();
            step++;
            var report = (string metric, double value) => trial.Report(step, metric, value);
            switch (part.Name)
            {
                case "ood":
                    new OodEvaluation(parameters.Ood, trial, report).Of(model);
                    break;
                case "samples":
                    new SampleQualityEvaluation(parameters.Samples, trial, report).Of(model);
                    break;
                case "pgd":
                    new PgdEvaluation(parameters.Pgd, trial, report).Of(model);
                    break;
                case "chains":
                    new ChainEvaluation(parameters.Chains, trial, report).Of(model);
                    break;
                case "anomaly":
                    new AnomalyEvaluation(parameters.Anomaly, report).Of(model);
                    break;
                case "ais":
                    new AisEvaluation(parameters.Ais, trial, report).Of(model);
                    break;
                default:
                    throw new InvalidOperationException($"nothing measures {part.Name}");
            }

            _ = trial.IsCheckpointDue(step);   // it counts as an update; there is nothing to keep of it
        }
    }
}
