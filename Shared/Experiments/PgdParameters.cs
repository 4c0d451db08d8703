namespace Shared.Experiments;

/// <summary>How well classes hold against images that were changed to deceive them.</summary>
public sealed record PgdParameters
{
    /// <summary>The attack.</summary>
    [Parameter("The attack: none leaves it out, linf is projected gradient ascent on the cross-entropy.")]
    public PgdAttack Attack { get; init; } = PgdAttack.None;

    /// <summary>ε, by how much a pixel may change.</summary>
    [Parameter("ε, by how much a pixel may change: 0.6 is 0.3 where pixels are in [0, 1].", Unit = "x")]
    [Range(0, 2, ExclusiveMinimum = true)]
    [OnlyWhen("pgd.attack", "linf")]
    public double Epsilon { get; init; } = 0.6;

    /// <summary>Change of a pixel in a step.</summary>
    [Parameter("Change of a pixel in a step: 0.02 is 0.01 where pixels are in [0, 1].", Unit = "x")]
    [Range(0, 2, ExclusiveMinimum = true)]
    [OnlyWhen("pgd.attack", "linf")]
    public double Step { get; init; } = 0.02;

    /// <summary>Steps of an attack.</summary>
    [Parameter("Steps of an attack; a second attack makes twice as many.", Unit = "steps")]
    [Range(1, 10_000)]
    [OnlyWhen("pgd.attack", "linf")]
    public int Steps { get; init; } = 40;

    /// <summary>Attacks of each image, from starts of their own.</summary>
    [Parameter("Attacks of each image, each from a random start of its own; the worst one counts.")]
    [Range(1, 100)]
    [OnlyWhen("pgd.attack", "linf")]
    public int Restarts { get; init; } = 3;

    /// <summary>Images that are attacked.</summary>
    [Parameter("Images that are attacked: the first ones of the test part.", Unit = "images")]
    [Range(10, 10_000)]
    [OnlyWhen("pgd.attack", "linf")]
    public int Images { get; init; } = 200;
}

/// <summary>An attack on a classifier.</summary>
public enum PgdAttack
{
    /// <summary>None: it is left out.</summary>
    None,

    /// <summary>Within a largest change of each pixel.</summary>
    Linf,
}
