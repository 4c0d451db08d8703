namespace Engine.Sql;

/// <summary>Which engine a store belongs to: it says who writes the histories of its sweeps, and where.</summary>
public enum StoreEngine
{
    /// <summary>Every process writes them, into the table of events.</summary>
    Sql,

    /// <summary>The coordinators of an Akka.NET cluster write them, into the journal of Akka.Persistence.</summary>
    Akka,
}
