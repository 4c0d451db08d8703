namespace Shared.Experiments;

/// <summary>How a model is trained, whatever its data.</summary>
public abstract record TrainingParameters
{
    /// <summary>Number of parameter updates.</summary>
    [Parameter("Number of parameter updates.", Unit = "updates")]
    [Range(1, 10_000_000)]
    public int Updates { get; init; } = 300;

    /// <summary>Positives, and as many chains, per update.</summary>
    [Parameter("Positives, and as many chains, per update.", Unit = "samples")]
    [Range(1, 65_536)]
    public int BatchSize { get; init; } = 64;

    /// <summary>What changes the parameters.</summary>
    [Parameter("What changes the parameters: Adam, or stochastic gradient descent with momentum.")]
    public Optimiser Optimiser { get; init; } = Optimiser.Adam;

    /// <summary>The optimiser's learning rate, before warm-up and decay.</summary>
    [Parameter("The optimiser's learning rate, before warm-up and decay.")]
    [Range(0, 1, ExclusiveMinimum = true)]
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Adam's β₁.</summary>
    [Parameter("Adam's decay of the first moment.")]
    [Range(0, 1, ExclusiveMaximum = true)]
    [OnlyWhen("training.optimiser", "adam")]
    public double Beta1 { get; init; }

    /// <summary>Adam's β₂.</summary>
    [Parameter("Adam's decay of the second moment.")]
    [Range(0, 1, ExclusiveMaximum = true)]
    [OnlyWhen("training.optimiser", "adam")]
    public double Beta2 { get; init; } = 0.999;

    /// <summary>How much of its last change SGD keeps.</summary>
    [Parameter("How much of its last change stochastic gradient descent keeps; 0 keeps none.")]
    [Range(0, 1, ExclusiveMaximum = true)]
    [OnlyWhen("training.optimiser", "sgd")]
    public double Momentum { get; init; } = 0.9;

    /// <summary>How much of each parameter is added to its gradient.</summary>
    [Parameter("How much of each parameter is added to its gradient, by either optimiser; 0 adds none.")]
    [Range(0, 1)]
    public double WeightDecay { get; init; }

    /// <summary>Over how many updates the learning rate rises, update u having u/n of it; 0 for none.</summary>
    [Parameter("Over how many updates the learning rate rises in a straight line from 0; 0 for no rise.",
        Unit = "updates")]
    [Range(0, 10_000_000)]
    public int WarmUp { get; init; }

    /// <summary>How the learning rate falls.</summary>
    [Parameter("How the learning rate falls: not at all, or by a factor every so many updates.")]
    public LearningRateDecay LearningRateDecay { get; init; } = LearningRateDecay.None;

    /// <summary>How many updates have the same decay.</summary>
    [Parameter("The learning rate is multiplied by its factor after each so many updates.", Unit = "updates")]
    [Range(1, 10_000_000)]
    [OnlyWhen("training.learning_rate_decay", "step")]
    public int DecayEvery { get; init; } = 938;

    /// <summary>What the learning rate is multiplied by at each step of its decay.</summary>
    [Parameter("What the learning rate is multiplied by at each step of its decay.")]
    [Range(0, 1, ExclusiveMinimum = true)]
    [OnlyWhen("training.learning_rate_decay", "step")]
    public double DecayFactor { get; init; } = 0.97;

    /// <summary>
    /// Largest L2 norm of the parameter gradient, longer ones are scaled down to it; nothing for no limit.
    /// </summary>
    [Parameter("Largest L2 norm of the gradient over all parameters; longer ones are scaled down to it.")]
    [Range(0, 1_000_000, ExclusiveMinimum = true)]
    public double? GradientNorm { get; init; }

    /// <summary>Decay of the moving average of the weights that is evaluated; nothing for none.</summary>
    [Parameter("Decay of the moving average of the weights that evaluation and stored samples use; training "
        + "goes on with the weights themselves.")]
    [Range(0, 1, ExclusiveMaximum = true)]
    public double? Ema { get; init; }

    /// <summary>Standard deviation of Gaussian noise added to positives.</summary>
    [Parameter("Standard deviation of Gaussian noise added to positives.", Unit = "x")]
    [Range(0, 1)]
    public double DataNoise { get; init; }

    /// <summary>The learning rate of an update: base · min(1, u/n) · factor^⌊(u − 1)/every⌋.</summary>
    /// <param name="update">u, from 1.</param>
    /// <remarks>
    /// The decay is PyTorch's StepLR with a step of the scheduler after each update; the rise is that of
    /// Grathwohl et al. 2020's code, one update earlier, so that no update has the rate 0.
    /// </remarks>
    public double LearningRateAt(int update)
    {
        var rise = update < WarmUp ? (double)update / WarmUp : 1;
        var decay = LearningRateDecay is LearningRateDecay.Step
            ? Math.Pow(DecayFactor, (update - 1) / DecayEvery)
            : 1;
        return LearningRate * rise * decay;
    }
}

/// <summary>How a model of points is trained.</summary>
public sealed record PointTrainingParameters : TrainingParameters;

/// <summary>How a model of images is trained.</summary>
public sealed record ImageTrainingParameters : TrainingParameters
{
    /// <summary>How many of the training images are used; nothing for all.</summary>
    [Parameter("Only the first so many training images are used; all where there are fewer, or none is said.",
        Unit = "images")]
    [Range(1, 10_000_000)]
    public int? Images { get; init; }

    /// <summary>A class that is left out; nothing for none.</summary>
    [Parameter("A class none of whose images is trained on, and none of whose test images anything is measured on, "
        + "until the evaluation anomaly tells them from those of the others; the model keeps its output.")]
    [Range(0, 255)]
    public int? HeldOutClass { get; init; }

    /// <summary>A batch must not be larger than what there is to draw from.</summary>
    internal IReadOnlyList<ParameterConflict> Conflicts() =>
        Images < BatchSize
            ? [new("training.images", $"at least training.batch_size ({BatchSize} images)")]
            : [];
}

/// <summary>What changes parameters by their gradients.</summary>
public enum Optimiser
{
    /// <summary>Kingma and Ba 2015.</summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum.</summary>
    Sgd,
}

/// <summary>How a learning rate falls.</summary>
public enum LearningRateDecay
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>By a factor every so many updates.</summary>
    Step,
}
