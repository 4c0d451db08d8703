using Shared.Data;

namespace Shared.Experiments;

/// <summary>What an evaluation needs to know of a sweep whose models it measures.</summary>
/// <param name="Data">Its data set; nothing where it makes its own points.</param>
/// <param name="HasClasses">Whether its models tell classes apart.</param>
public sealed record MeasuredSweep(string? Data, bool HasClasses)
{
    /// <summary>Whether every one of its models was trained without a class of its data.</summary>
    public bool HoldsClassOut { get; init; }

    /// <summary>Whether there is a feature network for its data: those that a sweep names by path have none.</summary>
    public bool HasFeatures => Data is not null && IdxPair.Find(Data) is null;
}
