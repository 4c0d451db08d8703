using System.Collections.Immutable;
using System.Reflection;

namespace Shared.Experiments;

/// <summary>Every experiment that is declared: one record each, found by reflection.</summary>
public sealed class ExperimentCatalog
{
    private static readonly Lazy<ExperimentCatalog> OfShared = new(() =>
        Of(typeof(ExperimentCatalog).Assembly));

    private ExperimentCatalog(IEnumerable<ExperimentDeclaration> experiments)
    {
        Experiments = [.. experiments.OrderBy(experiment => experiment.Name, StringComparer.Ordinal)];
        var twice = Experiments.GroupBy(e => e.Name).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            var records = string.Join(" and ", twice.Select(experiment => experiment.ParametersType.Name));
            throw new InvalidOperationException($"{records} are both named {twice.Key}");
        }
    }

    /// <summary>The experiments that the product comes with.</summary>
    public static ExperimentCatalog Default => OfShared.Value;

    /// <summary>The experiments, by name.</summary>
    public ImmutableArray<ExperimentDeclaration> Experiments { get; }

    /// <summary>The experiments that an assembly declares.</summary>
    /// <exception cref="InvalidOperationException">
    /// A declaration breaks a rule; the message says which.
    /// </exception>
    public static ExperimentCatalog Of(Assembly assembly) =>
        Of(assembly.GetTypes().Where(IsDeclaration).ToArray());

    /// <summary>The experiments that these records declare.</summary>
    /// <exception cref="InvalidOperationException">
    /// A declaration breaks a rule; the message says which.
    /// </exception>
    public static ExperimentCatalog Of(params Type[] records) =>
        new(records.Select(ExperimentDeclaration.Of));

    /// <summary>The experiment of a name, or nothing.</summary>
    public ExperimentDeclaration? Find(string name) =>
        Experiments.FirstOrDefault(experiment => experiment.Name == name);

    private static bool IsDeclaration(Type type) =>
        type is { IsInterface: false, IsAbstract: false } && type.GetInterfaces().Any(
            i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IExperimentParameters<>));
}
