namespace Shared.Experiments;

/// <summary>What every experiment on images has, whatever its model and its objective.</summary>
public interface IImageParameters
{
    /// <summary>How the model is trained.</summary>
    ImageTrainingParameters Training { get; }

    /// <summary>The chain that makes negatives.</summary>
    SamplerParameters Sampler { get; }

    /// <summary>Where chains start.</summary>
    InitialisationParameters Initialisation { get; }

    /// <summary>When the trial counts as diverged.</summary>
    DetectorParameters Detector { get; }

    /// <summary>What is measured of the classes; nothing where the model has none.</summary>
    EvaluationParameters? Evaluation => null;

    /// <summary>What moves the evaluation's chains from fresh noise.</summary>
    ChainEvaluationParameters ChainEvaluation =>
        (ChainEvaluationParameters?)Evaluation ?? new SampleEvaluationParameters();
}
