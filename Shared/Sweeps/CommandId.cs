namespace Shared.Sweeps;

/// <summary>
/// Drawn by the sender of a command and kept in every event the command made, so that a repeat is known.
/// </summary>
/// <param name="Value">A random identifier.</param>
public readonly record struct CommandId(Guid Value)
{
    /// <inheritdoc/>
    public override string ToString() => Value.ToString("N");
}
