namespace Shared.Experiments;

/// <summary>The function between the layers of a network.</summary>
public enum Activation
{
    /// <summary>x·sigmoid(x), also called swish.</summary>
    Silu,

    /// <summary>max(x, 0).</summary>
    Relu,

    /// <summary>x above 0, eˣ − 1 below.</summary>
    Elu,

    /// <summary>x above 0, 0.2·x below.</summary>
    LeakyRelu,
}
