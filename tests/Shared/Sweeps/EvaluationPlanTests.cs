using Shared.Data;
using Shared.Experiments;
using Shared.Sweeps;
using Tests.Shared.SweepFiles;

namespace Tests.Shared.Sweeps;

/// <summary>Which trials an evaluation has.</summary>
public sealed class EvaluationPlanTests
{
    private static readonly SweepFileResult.Parsed Ood = SweepFileFixture.Parsed(EvaluationFiles.Ood);

    [Fact]
    public void It_has_a_trial_for_each_of_the_measured_sweep_with_its_configurations_replicates_and_data()
    {
        var measured = Measured();
        var plan = Planned(measured);

        plan.Trials.Select(t => (t.Number, t.Configuration, t.Replicate, t.Follows))
            .ShouldBe(measured.Trials.Select(t => (t.Number, t.Configuration, t.Replicate, (int?)t.Number)));
        plan.Configurations.Select(c => c.Id).ShouldBe(measured.Plan!.Configurations.Select(c => c.Id));
        plan.Configurations.Select(c => c.Label).ShouldBe(measured.Plan.Configurations.Select(c => c.Label));
        plan.Swept.ShouldBe(measured.Plan.Swept);
        plan.Data.ShouldBe("mnist");
        plan.AllData.ShouldBe(["mnist", "fashion-mnist"]);
    }

    [Fact]
    public void Its_trials_are_run_with_the_parameters_of_the_evaluation()
    {
        var plan = Planned(Measured());

        plan.Configurations.ShouldAllBe(c => !c.Resolved.ContainsKey("sampler.step_size"));
        plan.Configurations[0].Resolved["ood.set"].Display.ShouldBe("others");
        Ood.Experiment.Bind<ModelEvaluationParameters>(plan.Configurations[1].Resolved).Ood.Images.ShouldBe(500);
    }

    [Fact]
    public void Trials_that_ended_without_a_model_have_none_and_those_that_have_not_ended_are_waited_for()
    {
        var measured = Ended(Measured(), (1, Outcome.Completed), (2, Outcome.Diverged), (4, Outcome.Failed));

        Planned(measured).Trials.Select(t => t.Follows).ShouldBe([1, 3]);
    }

    [Fact]
    public void A_configuration_none_of_whose_trials_has_a_model_is_left_out()
    {
        var plan = Planned(Ended(Measured(), (1, Outcome.Diverged), (2, Outcome.Diverged)));

        plan.Configurations.ShouldHaveSingleItem().Id.ShouldBe(Measured().Trials[2].Configuration);
    }

    [Fact]
    public void One_trial_can_be_measured_alone()
    {
        var one = SweepFileFixture.Parsed(EvaluationFiles.Ood.Replace(
            "{sweep: demo}", "{sweep: demo, trial: 3}", StringComparison.Ordinal));

        Planned(Measured(), one).Trials.ShouldHaveSingleItem().Follows.ShouldBe(3);
        Refused(Ended(Measured(), (3, Outcome.Diverged)), one)
            .ShouldBe("from.sweep: trial 3 of demo ended diverged, without a model");
        Refused(Sweep.Fold([Given.Submitted(2) with { Plan = Given.Plan(2) with { Experiment = "jem" } }]), one)
            .ShouldBe("from.sweep: demo has the trials 1 to 2, and no trial 3");
    }

    [Fact]
    public void What_has_no_models_is_refused_in_one_sentence()
    {
        var none = Ended(Measured(), [.. Enumerable.Range(1, 4).Select(t => (t, Outcome.Failed))]);

        Refused(null).ShouldBe("from.sweep: there is no sweep demo in the store");
        Refused(none).ShouldBe(
            "from.sweep: no trial of demo has completed or can still complete, so that there is no model");
        Refused(Measured(p => p with { Experiment = "evaluation" }))
            .ShouldBe("from.sweep: demo is a sweep of evaluation, whose trials leave no model");
        Refused(Measured(p => p with { Experiment = "toy", Data = null })).ShouldBe(
            "from.sweep: demo is a sweep of toy, of points in the plane, and ood measures images");
        var pgd = SweepFileFixture.Parsed(
            EvaluationFiles.Ood.Replace("ood.set: others", "pgd.attack: linf", StringComparison.Ordinal)
                .Replace("  ood.images: 500", "", StringComparison.Ordinal));
        Refused(Measured(p => p with { Experiment = "conv-energy" }), pgd).ShouldBe(
            "from.sweep: demo is a sweep of conv-energy, whose models tell no classes apart, and pgd attacks classes");
        var samples = SweepFileFixture.Parsed(
            EvaluationFiles.Ood.Replace("ood.set: others", "samples.chains: fresh", StringComparison.Ordinal)
                .Replace("  ood.images: 500", "", StringComparison.Ordinal));
        Refused(Measured(p => p with { Data = new IdxPair("/a", "/b", null, null).ToString() }), samples).ShouldBe(
            "from.sweep: demo is a sweep of two-head, whose data are named by path, and samples needs a feature network "
            + "of its data set");
    }

    [Fact]
    public void Points_in_the_plane_are_annealed_and_images_are_not()
    {
        var ais = SweepFileFixture.Parsed(
            EvaluationFiles.Ood.Replace("ood.set: others", "ais.start: uniform", StringComparison.Ordinal)
                .Replace("ood.images: 500", "ais.levels: 50", StringComparison.Ordinal)
                .Replace("auroc_f_fashion_mnist, goal: maximize", "log_z_ais_error, goal: minimize", StringComparison.Ordinal));

        Planned(Measured(p => p with { Experiment = "toy", Data = null }), ais).Data.ShouldBeNull();
        Refused(Measured(), ais).ShouldBe(
            "from.sweep: demo is a sweep of two-head, of images, and ais measures points in the plane");
    }

    [Fact]
    public void A_class_that_was_held_out_is_told_only_where_every_model_was_trained_without_one()
    {
        var anomaly = SweepFileFixture.Parsed(
            EvaluationFiles.Ood.Replace("ood.set: others", "anomaly.score: f", StringComparison.Ordinal)
                .Replace("  ood.images: 500", "", StringComparison.Ordinal)
                .Replace("auroc_f_fashion_mnist", "auroc_anomaly", StringComparison.Ordinal));
        var held = SweepFileFixture.Parsed(SweepFileFixture.Quickstart.Replace(
            "model.hidden: 16", "training.held_out_class: {values: [0, 1]}", StringComparison.Ordinal)).Plan;
        var mixed = SweepFileFixture.Parsed(SweepFileFixture.Quickstart.Replace(
            "model.hidden: 16", "training.held_out_class: {values: [0, none]}", StringComparison.Ordinal)).Plan;
        const string Refusal = "from.sweep: demo is a sweep of two-head, whose models did not all train without a class, "
            + "and anomaly needs training.held_out_class";

        Planned(Measured(_ => held), anomaly).Trials.Length.ShouldBe(16);
        Refused(Measured(_ => mixed), anomaly).ShouldBe(Refusal);
        Refused(Measured(), anomaly).ShouldBe(Refusal);
    }

    [Fact]
    public void It_is_not_extended()
    {
        var plan = Planned(Measured());

        Pairing.OfExtension(plan, plan.Trials, Measured()).ShouldBeOfType<PairingResult.Refused>().Reason
            .ShouldBe("an evaluation has the trials of demo that there were: evaluate demo again for newer ones");
    }

    [Fact]
    public void Its_event_keeps_what_it_is_and_says_nothing_new_of_other_sweeps()
    {
        var submitted = Given.Submitted(2);
        var written = SweepEventJson.Write(submitted with { Plan = Planned(Measured()) });
        var read = ((SweepEvent.SweepSubmitted)SweepEventJson.Read(written)).Plan;

        (read.IsEvaluation, read.From!.Trial).ShouldBe((true, null));
        read.AllData.ShouldBe(["mnist", "fashion-mnist"]);
        SweepEventJson.Write(submitted).ShouldNotContain("isEvaluation");
        SweepEventJson.Write(submitted).ShouldNotContain("dataBeside");
    }

    private static SweepState Measured(Func<SweepPlan, SweepPlan>? change = null)
    {
        var plan = Given.Plan(4) with { Experiment = "two-head", Data = "mnist" };
        return Sweep.Fold([Given.Submitted(4) with { Plan = change?.Invoke(plan) ?? plan }]);
    }

    private static SweepState Ended(SweepState state, params (int Trial, Outcome Outcome)[] ends) => state with
    {
        Trials = [.. state.Trials.Select(t => ends.FirstOrDefault(e => e.Trial == t.Number) is { Trial: > 0 } end
            ? t with { Outcome = end.Outcome }
            : t)],
    };

    private static EvaluationPlanResult Of(SweepState? measured, SweepFileResult.Parsed? file) => EvaluationPlan.Of(
        (file ?? Ood).Plan, (file ?? Ood).Experiment, measured, ExperimentCatalog.Default);

    private static SweepPlan Planned(SweepState measured, SweepFileResult.Parsed? file = null) =>
        Of(measured, file).ShouldBeOfType<EvaluationPlanResult.Planned>().Plan;

    private static string Refused(SweepState? measured, SweepFileResult.Parsed? file = null) =>
        Of(measured, file).ShouldBeOfType<EvaluationPlanResult.Refused>().Reason;
}
