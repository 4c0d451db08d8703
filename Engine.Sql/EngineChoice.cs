using Shared.Engine;

namespace Engine.Sql;

/// <summary>Which engine a program uses: the one that the environment names, or <c>sql</c>.</summary>
public static class EngineChoice
{
    /// <summary>Environment variable that names an engine.</summary>
    public const string Variable = "SWEEP_ENGINE";

    /// <summary>The engine of this process.</summary>
    /// <exception cref="StoreUnusableException">The environment names none that there is.</exception>
    public static StoreEngine Chosen => Of(Environment.GetEnvironmentVariable(Variable));

    /// <summary>The engine of a name.</summary>
    /// <param name="name">As given, or nothing.</param>
    /// <exception cref="StoreUnusableException">There is none of that name.</exception>
    public static StoreEngine Of(string? name) => name switch
    {
        null or "" or "sql" => StoreEngine.Sql,
        "akka" => StoreEngine.Akka,
        _ => throw new StoreUnusableException($"{Variable} is '{name}' and may be sql or akka"),
    };
}
