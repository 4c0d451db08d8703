using Training.Experiments;

namespace Tests.Training;

public sealed class ComputingEnvironmentTests
{
    [Fact]
    public void Two_looks_at_one_process_are_equal_and_name_device_kernel_and_libraries()
    {
        var environment = ComputingEnvironment.Describe("program", data: null);
        environment.Kernel.ShouldBe("libtorch-cpu");
        environment.Program.ShouldBe("program");
        environment.Device.ShouldMatch(@"^\S.* \(.+\)$");
        environment.Libraries.Keys.ShouldBe(["dotnet", "libtorch"]);
        environment.Libraries["libtorch"].ShouldMatch(@"^[12]\.\d+");
        environment.Libraries.ShouldBe(ComputingEnvironment.Describe("program", data: null).Libraries);
    }

    [Fact]
    public void A_data_set_is_named_by_its_hash_and_the_hash_of_its_feature_network()
    {
        var libraries = ComputingEnvironment.Describe("program", TestImages.Of("fashion-mnist")).Libraries;
        libraries["data fashion-mnist"].Length.ShouldBe(64);
        libraries["feature network fashion-mnist"].ShouldStartWith("24ed2eaf");
    }
}
