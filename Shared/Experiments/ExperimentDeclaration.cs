using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using Shared.Metrics;
using Shared.Search;

namespace Shared.Experiments;

/// <summary>What one experiment accepts and reports, read from its parameter record.</summary>
public sealed class ExperimentDeclaration
{
    private readonly ImmutableDictionary<string, ParameterDeclaration> _byName;
    private readonly Func<object, int> _updates;
    private readonly Func<object, IReadOnlyList<ParameterConflict>> _conflicts;

    private ExperimentDeclaration(
        Type record, Func<object, int> updates, Func<object, IReadOnlyList<ParameterConflict>> conflicts)
    {
        ParametersType = record;
        Parameters = DeclarationReader.ParametersOf(record);
        _byName = Parameters.ToImmutableDictionary(parameter => parameter.Name);
        _updates = updates;
        _conflicts = conflicts;
    }

    /// <summary>Name in sweep files, kebab-case.</summary>
    public required string Name { get; init; }

    /// <summary>What is trained, one sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>Names of the data sets that it can train on; empty when it makes its own data.</summary>
    public required ImmutableArray<string> DataSets { get; init; }

    /// <summary>The metrics that it reports.</summary>
    public required ImmutableArray<MetricDeclaration> Metrics { get; init; }

    /// <summary>Dotted name of the parameter that sets how many updates a trial makes.</summary>
    public required string UpdatesParameter { get; init; }

    /// <summary>
    /// Whether its trials measure the models of another sweep and train none.
    /// </summary>
    public required bool IsEvaluation { get; init; }

    private Func<object, string?, IReadOnlyList<string>> DataBesideOf { get; init; } = (_, _) => [];

    private Func<object, MeasuredSweep, string?> WhyNotOnOf { get; init; } = (_, _) => null;

    /// <summary>The parameters that it accepts, in the record's order.</summary>
    public ImmutableArray<ParameterDeclaration> Parameters { get; }

    /// <summary>The record that implements <see cref="IExperimentParameters{TSelf}"/>.</summary>
    public Type ParametersType { get; }

    /// <summary>The declaration that a record makes.</summary>
    /// <exception cref="InvalidOperationException">
    /// The record breaks a rule; the message says which.
    /// </exception>
    public static ExperimentDeclaration Of<TParameters>()
        where TParameters : IExperimentParameters<TParameters>, new()
    {
        DeclarationReader.CheckHead(
            typeof(TParameters), TParameters.Name, TParameters.Metrics, TParameters.DataSets);
        return new ExperimentDeclaration(
            typeof(TParameters),
            bound => ((TParameters)bound).Updates,
            bound => ((TParameters)bound).Conflicts)
        {
            Name = TParameters.Name,
            Summary = TParameters.Summary,
            DataSets = [.. TParameters.DataSets],
            Metrics = [.. TParameters.Metrics],
            UpdatesParameter = TParameters.UpdatesParameter,
            IsEvaluation = TParameters.IsEvaluation,
            DataBesideOf = (bound, data) => ((TParameters)bound).DataBeside(data),
            WhyNotOnOf = (bound, measured) => ((TParameters)bound).WhyNotOn(measured),
        };
    }

    /// <summary>The declaration that a record makes.</summary>
    /// <exception cref="InvalidOperationException">
    /// The record breaks a rule; the message says which.
    /// </exception>
    internal static ExperimentDeclaration Of(Type record) =>
        (ExperimentDeclaration)typeof(ExperimentDeclaration)
            .GetMethod(nameof(Of), BindingFlags.Public | BindingFlags.Static, [])!
            .MakeGenericMethod(record)
            .Invoke(null, BindingFlags.DoNotWrapExceptions, null, null, null)!;

    /// <summary>The parameter of a dotted name, or nothing.</summary>
    public ParameterDeclaration? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>
    /// Whether a parameter means something beside these values; what is not given has its default.
    /// </summary>
    public bool IsOn(ParameterDeclaration parameter, IReadOnlyDictionary<string, ParameterValue> given)
    {
        if (parameter.OnlyWhen is not { } condition)
        {
            return true;
        }

        var other = _byName[condition.Parameter];
        return condition.Values.Contains(given.GetValueOrDefault(other.Name, other.Default))
            && IsOn(other, given);
    }

    /// <summary>Every parameter that is switched on, with its default where nothing is given.</summary>
    public ImmutableSortedDictionary<string, ParameterValue> Resolve(
        IReadOnlyDictionary<string, ParameterValue> given) =>
        Parameters
            .Where(parameter => IsOn(parameter, given))
            .ToImmutableSortedDictionary(
                parameter => parameter.Name,
                parameter => given.GetValueOrDefault(parameter.Name, parameter.Default),
                StringComparer.Ordinal);

    /// <summary>The experiment's record with these values, and defaults for the rest.</summary>
    /// <exception cref="ArgumentException">
    /// A name is unknown, or a value is not of its parameter's type.
    /// </exception>
    public object Bind(IReadOnlyDictionary<string, ParameterValue> resolved) =>
        ParameterBinding.Bind(this, resolved);

    /// <summary>The experiment's record with these values, and defaults for the rest.</summary>
    /// <exception cref="ArgumentException">
    /// A name is unknown, a value is not of its parameter's type, or the experiment has another record.
    /// </exception>
    public TParameters Bind<TParameters>(IReadOnlyDictionary<string, ParameterValue> resolved)
        where TParameters : IExperimentParameters<TParameters>, new() =>
        typeof(TParameters) == ParametersType
            ? (TParameters)Bind(resolved)
            : throw new ArgumentException($"{Name} has the record {ParametersType.Name}", nameof(resolved));

    /// <summary>The values of every parameter of a bound record, switched on or not.</summary>
    public ImmutableSortedDictionary<string, ParameterValue> ValuesOf(object bound) =>
        Parameters.ToImmutableSortedDictionary(
            parameter => parameter.Name,
            parameter => ParameterBinding.Read(parameter, bound),
            StringComparer.Ordinal);

    /// <summary>How many updates a trial with these parameters makes.</summary>
    public int UpdatesOf(IReadOnlyDictionary<string, ParameterValue> resolved) => _updates(Bind(resolved));

    /// <summary>These values with another number of updates.</summary>
    /// <exception cref="InvalidOperationException">
    /// <see cref="UpdatesParameter"/> does not set the updates of this experiment.
    /// </exception>
    public ImmutableSortedDictionary<string, ParameterValue> WithUpdates(
        ImmutableSortedDictionary<string, ParameterValue> resolved, int updates)
    {
        var changed = Find(UpdatesParameter) is null
            ? resolved
            : resolved.SetItem(
                UpdatesParameter, new ParameterValue(updates.ToString(CultureInfo.InvariantCulture)));
        return UpdatesOf(changed) == updates
            ? changed
            : throw new InvalidOperationException(
                $"{ParametersType.Name}: {UpdatesParameter} does not set how many updates a trial makes; "
                + "declare UpdatesParameter");
    }

    /// <summary>Names of the data sets that a trial with these parameters reads beside its own.</summary>
    /// <param name="resolved">The parameters.</param>
    /// <param name="data">Its own data set, or nothing.</param>
    public IReadOnlyList<string> DataBeside(
        IReadOnlyDictionary<string, ParameterValue> resolved, string? data) => DataBesideOf(Bind(resolved), data);

    /// <summary>Why these parameters cannot measure a sweep's models, ends a sentence; nothing where they can.</summary>
    /// <param name="resolved">The parameters of an evaluation.</param>
    /// <param name="measured">That sweep.</param>
    public string? WhyNotOn(IReadOnlyDictionary<string, ParameterValue> resolved, MeasuredSweep measured) =>
        WhyNotOnOf(Bind(resolved), measured);

    /// <summary>What is wrong with these values together; empty when nothing is.</summary>
    public IReadOnlyList<ParameterConflict> ConflictsOf(
        IReadOnlyDictionary<string, ParameterValue> resolved) =>
        _conflicts(Bind(resolved));
}
