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
                NativePart.Repair),
        ]);
        var wrapped = new TypeInitializationException("Native", new DllNotFoundException("gone"));
        Doctor.Libtorch(() => throw wrapped, () => [])[0]
            .Found.ShouldBe("does not load: gone");
    }

    [Fact]
    public void A_native_part_that_is_first_asked_for_by_the_computation_is_the_same_finding() =>
        Doctor.Libtorch(() => "2.10.0", () => throw new DllNotFoundException("gone")).ShouldBe(
            [new Finding("native part", FindingLevel.Wrong, "does not load: gone", NativePart.Repair)]);

    [Fact]
    public void Of_a_loader_s_message_the_line_is_taken_that_says_what_is_wrong()
    {
        const string wrong =
            "/bin/X.so: /lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /bin/X.so)";
        const string absent = "/bin/X.so: cannot open shared object file: No such file or directory";
        NativePart.Cause($"Unable to load 'X'.\n{absent}\n{wrong}\n{absent}\n").ShouldBe(wrong);
        NativePart.Cause($"Unable to load 'X'.\n{absent}\n").ShouldBe("Unable to load 'X'");
    }

    [Fact]
    public void What_has_nothing_to_do_with_loading_is_no_reason() =>
        NativePart.WhyNotLoaded(new InvalidOperationException("a shape is wrong")).ShouldBeNull();

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
