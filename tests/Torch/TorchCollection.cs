namespace Tests.Torch;

/// <summary>
/// Tests that count native handles or set threads must not run beside others that make tensors.
/// </summary>
[CollectionDefinition(nameof(TorchCollection), DisableParallelization = true)]
public sealed class TorchCollection
{
}
