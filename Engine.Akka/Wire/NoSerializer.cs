using System.Runtime.Serialization;
using Akka.Actor;
using Akka.Serialization;

namespace Engine.Akka.Wire;

/// <summary>
/// The serialiser <c>none</c>, of whatever has no other: it refuses. Akka.NET's default would write the names of
/// types.
/// </summary>
internal sealed class NoSerializer(ExtendedActorSystem system) : Serializer(system)
{
    /// <summary>Its name in the configuration.</summary>
    public const string Name = "none";

    /// <inheritdoc/>
    public override int Identifier => 1100;

    /// <inheritdoc/>
    public override bool IncludeManifest => false;

    /// <inheritdoc/>
    public override byte[] ToBinary(object obj) =>
        throw new SerializationException($"{obj.GetType().Name} neither travels nor is stored");

    /// <inheritdoc/>
    public override object FromBinary(byte[] bytes, Type type) =>
        throw new SerializationException("a message came that nobody can have sent");
}
