using Tests.Contracts;

namespace Tests.EngineSql;

public sealed class PostgresCoordinatorTests : CoordinatorContract
{
    protected override IEngineStore MakeStore() => new PostgresStore();
}

public sealed class PostgresLeaseTests : LeaseContract
{
    protected override IEngineStore MakeStore() => new PostgresStore();
}

public sealed class PostgresInspectionTests : InspectionContract
{
    protected override IEngineStore MakeStore() => new PostgresStore();
}

public sealed class PostgresArtifactTests : ArtifactStoreContract
{
    protected override IEngineStore MakeStore() => new PostgresStore();
}

public sealed class PostgresCommandTests : CommandContract
{
    protected override IEngineStore MakeStore() => new PostgresStore();
}

public sealed class PostgresFollowingTests : FollowingContract
{
    protected override IEngineStore MakeStore() => new PostgresStore();
}

public sealed class PostgresDamageTests : DamageContract
{
    protected override ISpoilableStore MakeStore() => new PostgresStore();
}
