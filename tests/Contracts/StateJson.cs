using System.Text.Json;
using Shared;
using Shared.Sweeps;

namespace Tests.Contracts;

/// <summary>
/// A sweep's state as one canonical text: states hold collections, which do not compare by value.
/// </summary>
internal static class StateJson
{
    public static string Of(SweepState state) =>
        CanonicalJson.Of(JsonSerializer.Serialize(state, SweepEventJson.Options));
}
