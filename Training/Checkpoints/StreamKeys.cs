using System.Text.Json;
using Shared.Execution;
using Training.Experiments;

namespace Training.Checkpoints;

/// <summary>
/// The keys of a trial's random streams. A stream is addressed and not consumed, so that its key is all there is
/// to it, and it is checked rather than restored.
/// </summary>
/// <param name="trial">The trial.</param>
internal sealed class StreamKeys(ITrial trial) : ICheckpointed
{
    private static readonly StreamPurpose[] Purposes = Enum.GetValues<StreamPurpose>();

    /// <inheritdoc/>
    public string Section => "streams";

    /// <inheritdoc/>
    public void Save(BinaryWriter to)
    {
        to.Write(Purposes.Length);
        foreach (var purpose in Purposes)
        {
            to.Write(NameOf(purpose));
            to.Write(trial.StreamKey(purpose));
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A stream has another key here, or is not known here.</exception>
    public void Load(BinaryReader from)
    {
        var count = from.ReadInt32();
        if (count != Purposes.Length)
        {
            throw new InvalidDataException(
                $"the checkpoint has {count} random streams, and the trial {Purposes.Length}");
        }

        foreach (var purpose in Purposes)
        {
            var (name, key) = (from.ReadString(), from.ReadUInt64());
            if (name != NameOf(purpose) || key != trial.StreamKey(purpose))
            {
                throw new InvalidDataException(
                    $"the checkpoint is of another seed or replicate: its stream {name} has another key");
            }
        }
    }

    private static string NameOf(StreamPurpose purpose) =>
        JsonNamingPolicy.KebabCaseLower.ConvertName($"{purpose}");
}
