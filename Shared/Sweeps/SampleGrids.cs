using System.Text.Json.Serialization;

namespace Shared.Sweeps;

/// <summary>Pictures of samples that every trial of a sweep leaves while it trains.</summary>
/// <param name="Every">How far they are apart; at least 1.</param>
/// <param name="Unit">What <paramref name="Every"/> counts.</param>
/// <param name="Count">Images in a picture; at least 1.</param>
/// <param name="Columns">Images in a row; at least 1, at most <paramref name="Count"/>.</param>
public sealed record SampleGrids(int Every, GridUnit Unit, int Count, int Columns)
{
    /// <summary>Whether an update is followed by a picture.</summary>
    /// <param name="update">Number of finished updates, from 1.</param>
    /// <param name="updatesOfEpoch">Updates in which the training images are seen once; at least 1.</param>
    public bool IsDue(int update, int updatesOfEpoch) =>
        update % ((long)Every * (Unit is GridUnit.Epochs ? updatesOfEpoch : 1)) == 0;

    /// <summary>The value of the key <c>samples</c> that says the same.</summary>
    [JsonIgnore]
    public string Json
    {
        get
        {
            var key = Unit is GridUnit.Epochs ? SweepFileSamples.EveryEpochs : SweepFileSamples.Every;
            return $$"""{"{{key}}":{{Every}},"count":{{Count}},"columns":{{Columns}}}""";
        }
    }
}

/// <summary>What the distance of two pictures is counted in.</summary>
public enum GridUnit
{
    /// <summary>Updates.</summary>
    Updates,

    /// <summary>Epochs: passes over the training images.</summary>
    Epochs,
}
