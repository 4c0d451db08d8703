using System.CommandLine;
using Bench.Checkpoints;
using Bench.Claims;
using Bench.Orchestration;
using Bench.Timing;

var root = new RootCommand("Benchmarks; bench/README.md says what each one measures.")
{
    TimingCommand.Langevin(),
    TimingCommand.Training(),
    OrchestrationCommand.Create(),
    ScaleCommand.Create(),
    HandoverCommand.Create(),
    ReportCommand.Create(),
    CheckpointCommand.Create(),
    StudyCommand.Create(ToyStudy.Study),
    StudyCommand.Create(DigitsStudy.Study),
    PeerLoop.Create(),
    ClientProcess.Create(),
};
var parsed = root.Parse(args);
var code = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? 2 : code;
