using System.Collections.Immutable;
using Akka.Actor;
using Akka.Configuration;
using Petabridge.Cmd;
using Petabridge.Cmd.Cluster;
using Petabridge.Cmd.Host;
using Shared.Engine;

namespace Engine.Akka.Inspection;

/// <summary>
/// Lets <c>pbm</c> inspect a coordinator: the cluster's own commands and ours. It has neither authentication nor
/// encryption, so that it listens on this machine only; from elsewhere through an ssh tunnel.
/// </summary>
internal static class Pbm
{
    /// <summary>Goes over every other setting, so that nothing opens it to a network.</summary>
    public static Config Config { get; } = ConfigurationFactory.ParseString("petabridge.cmd.host = \"127.0.0.1\"");

    /// <summary>Starts to listen.</summary>
    public static void Start(ActorSystem system, IStore engine)
    {
        var host = PetabridgeCmd.Get(system);
        host.RegisterCommandPalette(ClusterCommands.Instance);
        foreach (var subject in ClusterQuestion.All.GroupBy(question => question.Subject))
        {
            host.RegisterCommandPalette(new Handler(subject.Key, [.. subject], engine));
        }

        host.Start();
    }

    private static CommandPalette PaletteOf(string subject, ImmutableArray<ClusterQuestion> questions) =>
        new(subject, questions.Select(DefinitionOf).ToArray());

    private static CommandDefinition DefinitionOf(ClusterQuestion question)
    {
        var definition = new CommandDefinitionBuilder()
            .WithName(question.Verb)
            .WithDescription(question.Description);
        foreach (var argument in question.Arguments)
        {
            definition = definition.WithArgument(builder => builder
                .WithName(argument)
                .WithSwitch($"-{argument[0]}")
                .WithSwitch($"--{argument}")
                .IsMandatory(true));
        }

        return definition.Build();
    }

    private sealed class Handler(string subject, ImmutableArray<ClusterQuestion> questions, IStore engine)
        : CommandPaletteHandler(PaletteOf(subject, questions))
    {
        public override Props HandlerProps { get; } = Props.Create(() => new Answerer(subject, questions, engine));
    }

    private sealed class Answerer : CommandHandlerActor
    {
        public Answerer(string subject, ImmutableArray<ClusterQuestion> questions, IStore engine)
            : base(PaletteOf(subject, questions))
        {
            foreach (var question in questions)
            {
                Process(question.Verb, (asked, given) =>
                {
                    var sender = Sender;   // it is another's once anything is awaited
                    string[] arguments = [.. question.Arguments.Select(name => given.ArgumentValues(name).Single())];
                    _ = AnswerAsync(question, engine, arguments, sender);
                });
            }
        }

        private static async Task AnswerAsync(
            ClusterQuestion question, IStore engine, string[] arguments, IActorRef sender)
        {
            var (isAnswered, lines) = await GuardedAsync(question, engine, arguments);
            if (!isAnswered)
            {
                sender.Tell(new ErroredCommandResponse(lines.First()));
                return;
            }

            foreach (var line in lines)
            {
                sender.Tell(new CommandResponse(line, false));
            }

            sender.Tell(CommandResponse.Empty);
        }

        private static async Task<(bool IsAnswered, IEnumerable<string> Lines)> GuardedAsync(
            ClusterQuestion question, IStore engine, string[] arguments)
        {
            try
            {
                return await question.AskAsync(engine, arguments);
            }
            catch (Exception failure) when (failure is StoreUnreachableException or StoreUnusableException)
            {
                return (false, [failure.Message]);
            }
        }
    }
}
