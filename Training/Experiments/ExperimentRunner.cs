using System.Reflection;
using System.Runtime.ExceptionServices;
using Shared.Experiments;
using Shared.Search;
using static TorchSharp.torch;

namespace Training.Experiments;

/// <summary>
/// Runs the experiment that a parameter record declares: the one class that implements it, found by
/// reflection.
/// </summary>
/// <param name="implementations">Assemblies that are searched.</param>
public sealed class ExperimentRunner(params IReadOnlyList<Assembly> implementations)
{
    private static readonly MethodInfo RunOfRecord = typeof(ExperimentRunner)
        .GetMethods()
        .Single(method => method is { Name: nameof(Run), IsGenericMethodDefinition: true });

    /// <summary>A runner of the experiments of this library.</summary>
    public static ExperimentRunner Default { get; } = new(typeof(ExperimentRunner).Assembly);

    /// <summary>Runs a trial of a declared experiment.</summary>
    /// <param name="experiment">Its name in sweep files.</param>
    /// <param name="resolved">
    /// Its parameters by dotted name; defaults stand for those that are left out.
    /// </param>
    /// <param name="trial">The trial.</param>
    /// <exception cref="ArgumentException">
    /// There is no such experiment, or no such parameter or value.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// No class, or more than one, implements the experiment.
    /// </exception>
    /// <exception cref="OperationCanceledException">The trial was told to stop.</exception>
    /// <exception cref="DataSetException">The data set is missing or damaged.</exception>
    public TrialEnd Run(string experiment, IReadOnlyDictionary<string, ParameterValue> resolved, ITrial trial)
    {
        var declaration = ExperimentCatalog.Default.Find(experiment)
            ?? throw new ArgumentException($"There is no experiment {experiment}", nameof(experiment));
        return Run(declaration.Bind(resolved), trial);
    }

    /// <summary>Runs a trial with parameters of a type that is known only at run time.</summary>
    /// <param name="parameters">
    /// A record that implements <see cref="IExperimentParameters{TSelf}"/> of itself.
    /// </param>
    /// <param name="trial">The trial.</param>
    /// <exception cref="InvalidOperationException">
    /// No class, or more than one, implements the experiment.
    /// </exception>
    /// <exception cref="OperationCanceledException">The trial was told to stop.</exception>
    /// <exception cref="DataSetException">The data set is missing or damaged.</exception>
    public TrialEnd Run(object parameters, ITrial trial)
    {
        try
        {
            var run = RunOfRecord.MakeGenericMethod(parameters.GetType());
            return (TrialEnd)run.Invoke(this, [parameters, trial])!;
        }
        catch (TargetInvocationException wrapped) when (wrapped.InnerException is { } thrown)
        {
            ExceptionDispatchInfo.Throw(thrown);
            throw;
        }
    }

    /// <summary>
    /// Runs a trial on one thread, so that sums have one order and trials on one machine do not collide.
    /// </summary>
    /// <typeparam name="TParameters">The experiment's declaration.</typeparam>
    /// <exception cref="InvalidOperationException">
    /// No class, or more than one, implements the experiment.
    /// </exception>
    /// <exception cref="OperationCanceledException">The trial was told to stop.</exception>
    /// <exception cref="DataSetException">The data set is missing or damaged.</exception>
    public TrialEnd Run<TParameters>(TParameters parameters, ITrial trial)
        where TParameters : IExperimentParameters<TParameters>, new()
    {
        set_num_threads(1);
        return Find<TParameters>().Run(parameters, trial);
    }

    /// <summary>The class that implements an experiment.</summary>
    /// <typeparam name="TParameters">The experiment's declaration.</typeparam>
    /// <exception cref="InvalidOperationException">
    /// No class, or more than one, implements the experiment.
    /// </exception>
    public IExperiment<TParameters> Find<TParameters>()
        where TParameters : IExperimentParameters<TParameters>, new()
    {
        var found = implementations
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => !type.IsAbstract && type.IsAssignableTo(typeof(IExperiment<TParameters>)))
            .ToList();
        return found is [var type]
            ? (IExperiment<TParameters>)Activator.CreateInstance(type)!
            : throw new InvalidOperationException(
                $"{TParameters.Name} wants one class that implements it, and {found.Count} do");
    }
}
