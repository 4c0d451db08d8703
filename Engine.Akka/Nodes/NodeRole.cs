namespace Engine.Akka.Nodes;

/// <summary>What a node is there for.</summary>
public enum NodeRole
{
    /// <summary>It can coordinate: writes histories.</summary>
    Coordinator,

    /// <summary>It works.</summary>
    Worker,

    /// <summary>It is no member: a command that asks from outside.</summary>
    Client,
}
