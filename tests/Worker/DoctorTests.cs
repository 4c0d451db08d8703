using Shared.Diagnosis;
using Tests.Torch;
using Worker.Hosting;

namespace Tests.Worker;

[Collection(nameof(TorchCollection))]
public sealed class DoctorTests
{
    [Fact]
    public void A_native_part_that_does_not_load_is_one_finding_with_its_first_line_and_the_repair()
    {
        var missing = new DllNotFoundException("it is missing: build it.\nlong");
        Doctor.Libtorch(() => throw missing, () => []).ShouldBe(
        [
            new Finding(
                "native part", FindingLevel.Wrong, "does not load: it is missing: build it",
                Doctor.NativeRepair),
        ]);
        var wrapped = new TypeInitializationException("Native", new DllNotFoundException("gone"));
        Doctor.Libtorch(() => throw wrapped, () => [])[0]
            .Found.ShouldBe("does not load: gone");
    }

    [Fact]
    public void A_libtorch_that_computes_wrongly_is_found() =>
        Doctor.Libtorch(() => "1.13.0", () => [2, 4, 5])[1].ShouldBe(new Finding(
            "libtorch", FindingLevel.Wrong,
            "1.13.0 computes 2, 4, 5 as the gradient of x² at 1, 2, 3, which is 2, 4, 6",
            "apt-get install --reinstall libtorch-dev libopenblas0-pthread"));

    [Fact]
    public void The_libtorch_of_this_machine_computes_rightly() =>
        Doctor.Libtorch().ShouldAllBe(finding => finding.Level == FindingLevel.Ok && finding.Repair == null);
}
