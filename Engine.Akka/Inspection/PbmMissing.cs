using Akka.Actor;
using Akka.Configuration;
using Shared.Engine;

namespace Engine.Akka.Inspection;

/// <summary>In place of <c>pbm</c> in a build without it: <c>./sweep cluster</c> gives the same answers.</summary>
internal static class Pbm
{
    /// <summary>Nothing to set.</summary>
    public static Config Config { get; } = ConfigurationFactory.Empty;

    /// <summary>Starts nothing.</summary>
    public static void Start(ActorSystem system, IStore engine)
    {
    }
}
