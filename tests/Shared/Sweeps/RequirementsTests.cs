using System.Collections.Immutable;
using Shared.Sweeps;

namespace Tests.Shared.Sweeps;

public sealed class RequirementsTests
{
    private static readonly ImmutableSortedDictionary<string, string> None =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    private static readonly SweepPlan Plan = Given.Plan(1);

    [Fact]
    public void A_sweep_that_requires_nothing_takes_every_worker() =>
        Requirements.Unmet(Plan, Given.Environment(), offer: null).ShouldBeNull();

    [Fact]
    public void A_label_is_missing_or_another() => Check(
        new Requirements(None.Add("gpu", "yes").Add("site", "a"), null, null),
        (Offer(("gpu", "yes"), ("site", "a"), ("more", "z")), null),
        (Offer(("gpu", "yes")), "the sweep wants the label site=a, this worker has no site"),
        (Offer(("gpu", "no")), "the sweep wants the label gpu=yes, this worker has gpu=no"),
        (null, "the sweep wants the label gpu=yes, this worker has no gpu"));

    [Fact]
    public void The_device_is_named_by_a_part_in_any_case()
    {
        Check(new Requirements(None, "FAKE", null), (null, null));
        Check(
            new Requirements(None, "H100", null),
            (null, "the sweep wants a device 'H100', this one is 'Fake CPU'"));
    }

    [Fact]
    public void Memory_is_at_least_what_is_asked() => Check(
        new Requirements(None, null, 3L << 29),
        (WorkerOffer.Nothing with { MemoryBytes = 3L << 29 }, null),
        (
            WorkerOffer.Nothing with { MemoryBytes = 1L << 30 },
            "the sweep wants 1.5 GiB of device memory, this device has 1 GiB"));

    [Fact]
    public void Data_that_a_worker_does_not_have_is_named_unless_it_says_nothing_of_itself()
    {
        var plan = Plan with { Data = "mnist" };

        Requirements.Unmet(plan, Given.Environment(), WorkerOffer.Nothing)
            .ShouldBe("the data set mnist is not on this worker");
        Requirements.Unmet(
            plan, Given.Environment(), WorkerOffer.Nothing with { Data = ["fashion-mnist", "mnist"] })
            .ShouldBeNull();
        Requirements.Unmet(plan, Given.Environment(), offer: null).ShouldBeNull();
    }

    private static WorkerOffer Offer(params (string Label, string Value)[] labels) => WorkerOffer.Nothing with
    {
        Labels = None.AddRange(labels.Select(l => KeyValuePair.Create(l.Label, l.Value))),
    };

    private static void Check(
        Requirements requirements, params (WorkerOffer? Offer, string? Unmet)[] expected)
    {
        var plan = Plan with { Requirements = requirements };
        foreach (var (offer, unmet) in expected)
        {
            Requirements.Unmet(plan, Given.Environment(), offer).ShouldBe(unmet);
        }
    }
}
