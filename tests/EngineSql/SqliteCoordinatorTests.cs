using Tests.Contracts;

namespace Tests.EngineSql;

public sealed class SqliteCoordinatorTests : CoordinatorContract
{
    protected override IEngineStore MakeStore() => new SqliteFile();
}

public sealed class SqliteLeaseTests : LeaseContract
{
    protected override IEngineStore MakeStore() => new SqliteFile();
}

public sealed class SqliteArtifactTests : ArtifactStoreContract
{
    protected override IEngineStore MakeStore() => new SqliteFile();
}

public sealed class SqliteInspectionTests : InspectionContract
{
    protected override IEngineStore MakeStore() => new SqliteFile();
}

public sealed class SqliteCommandTests : CommandContract
{
    protected override IEngineStore MakeStore() => new SqliteFile();
}

public sealed class SqliteFollowingTests : FollowingContract
{
    protected override IEngineStore MakeStore() => new SqliteFile();
}

public sealed class SqliteDamageTests : DamageContract
{
    protected override ISpoilableStore MakeStore() => new SqliteFile();
}
