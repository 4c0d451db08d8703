using System.Security.Cryptography;
using System.Text;
using Shared.Experiments;
using Shared.Search;

namespace Training.Checkpoints;

/// <summary>Whose checkpoint it is, and of when.</summary>
/// <param name="Experiment">Name of the experiment.</param>
/// <param name="Parameters">
/// SHA-256, lower-case hex, over the trial's parameters: the JSON of every one that is switched on.
/// </param>
/// <param name="Update">Number of finished updates.</param>
public sealed record CheckpointHead(string Experiment, string Parameters, int Update)
{
    /// <summary>The head of a trial's checkpoints.</summary>
    /// <param name="parameters">The experiment's record.</param>
    /// <param name="update">Number of finished updates.</param>
    public static CheckpointHead Of(object parameters, int update)
    {
        var declaration = ExperimentCatalog.Of(parameters.GetType()).Experiments[0];
        var resolved = declaration.Resolve(declaration.ValuesOf(parameters));
        var json = Encoding.UTF8.GetBytes(Configuration.JsonOf(resolved));
        return new CheckpointHead(
            declaration.Name, Convert.ToHexStringLower(SHA256.HashData(json)), update);
    }

    /// <summary>Refuses a checkpoint of another trial.</summary>
    /// <param name="found">The head of the file.</param>
    /// <exception cref="InvalidDataException">It is of another trial, or of another update.</exception>
    public void Require(CheckpointHead found)
    {
        if (found.Experiment != Experiment)
        {
            throw new InvalidDataException(
                $"the checkpoint is of experiment {found.Experiment}, and the trial of {Experiment}");
        }

        if (found.Parameters != Parameters)
        {
            throw new InvalidDataException("the checkpoint is of a trial with other parameters");
        }

        if (found.Update != Update)
        {
            throw new InvalidDataException(
                $"the checkpoint is of update {found.Update}, and the trial was to go on from {Update}");
        }
    }
}
