using Shared.Data;
using Shared.Diagnosis;

namespace Tests.Shared.Diagnosis;

public sealed class MachineFindingsTests
{
    [Theory]
    [InlineData(99_999_999, FindingLevel.Wrong)]
    [InlineData(100_000_000, FindingLevel.Warn)]
    [InlineData(1_999_999_999, FindingLevel.Warn)]
    [InlineData(2_000_000_000, FindingLevel.Ok)]
    public void A_full_disk_is_wrong_and_a_nearly_full_one_a_warning(long free, FindingLevel level)
    {
        var finding = MachineFindings.Disk("/runs", free);
        finding.Level.ShouldBe(level);
        (finding.Repair is null).ShouldBe(level == FindingLevel.Ok);
        finding.Found.ShouldEndWith(" free under /runs");
    }

    [Fact]
    public void Memory_for_fewer_slots_than_cores_names_the_slots_that_fit()
    {
        MachineFindings.Memory(4, 4 * MachineFindings.BytesASlot).Level.ShouldBe(FindingLevel.Ok);
        var tight = MachineFindings.Memory(4, (4 * MachineFindings.BytesASlot) - 1);
        tight.Level.ShouldBe(FindingLevel.Warn);
        tight.Repair!.ShouldStartWith("run with --slots 3: ");
        MachineFindings.Memory(1, MachineFindings.BytesASlot - 1).Level.ShouldBe(FindingLevel.Wrong);
        MachineFindings.Memory(1, MachineFindings.BytesASlot).Found.ShouldEndWith("for 1 core");
    }

    [Theory]
    [InlineData("fashion-mnist", ImageSetState.Missing, FindingLevel.Wrong)]
    [InlineData("fashion-mnist", ImageSetState.Damaged, FindingLevel.Wrong)]
    [InlineData("fashion-mnist", ImageSetState.Verified, FindingLevel.Ok)]
    [InlineData("mnist", ImageSetState.Missing, FindingLevel.Warn)]
    [InlineData("mnist", ImageSetState.Damaged, FindingLevel.Warn)]
    public void Only_the_set_of_the_quickstart_stops_a_default_run(
        string name, ImageSetState state, FindingLevel level)
    {
        var wrong = state is ImageSetState.Verified ? null : "a file is missing.";
        var finding = MachineFindings.Data(new ImageSetStatus(name, state, "/data", 1, wrong, "get it"));
        finding.Level.ShouldBe(level);
        finding.Found.ShouldBe(wrong is null ? "verified in /data" : "a file is missing");
        finding.Repair.ShouldBe(wrong is null ? null : "get it");
    }

    [Fact]
    public void Sizes_are_in_powers_of_ten()
    {
        MachineFindings.Size(11_594_722).ShouldBe("11.6 MB");
        MachineFindings.Size(999).ShouldBe("1.0 kB");
        MachineFindings.Size(74_900_000_000).ShouldBe("74.9 GB");
    }
}
