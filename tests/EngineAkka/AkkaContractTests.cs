using Tests.Contracts;

namespace Tests.EngineAkka;

public sealed class AkkaCoordinatorTests : CoordinatorContract
{
    protected override IEngineStore MakeStore() => new AkkaFile();
}

public sealed class AkkaLeaseTests : LeaseContract
{
    protected override IEngineStore MakeStore() => new AkkaFile();
}

public sealed class AkkaArtifactTests : ArtifactStoreContract
{
    protected override IEngineStore MakeStore() => new AkkaFile();
}

public sealed class AkkaInspectionTests : InspectionContract
{
    protected override IEngineStore MakeStore() => new AkkaFile();
}

public sealed class AkkaCommandTests : CommandContract
{
    protected override IEngineStore MakeStore() => new AkkaFile();
}

public sealed class AkkaDamageTests : DamageContract
{
    protected override ISpoilableStore MakeStore() => new AkkaFile();
}

public sealed class AkkaFollowingTests : FollowingContract
{
    protected override IEngineStore MakeStore() => new AkkaFile();
}

public sealed class AkkaPostgresCoordinatorTests : CoordinatorContract
{
    protected override IEngineStore MakeStore() => new AkkaDatabase();
}

public sealed class AkkaPostgresLeaseTests : LeaseContract
{
    protected override IEngineStore MakeStore() => new AkkaDatabase();
}

public sealed class AkkaPostgresInspectionTests : InspectionContract
{
    protected override IEngineStore MakeStore() => new AkkaDatabase();
}

public sealed class AkkaPostgresArtifactTests : ArtifactStoreContract
{
    protected override IEngineStore MakeStore() => new AkkaDatabase();
}

public sealed class AkkaPostgresCommandTests : CommandContract
{
    protected override IEngineStore MakeStore() => new AkkaDatabase();
}

public sealed class AkkaPostgresDamageTests : DamageContract
{
    protected override ISpoilableStore MakeStore() => new AkkaDatabase();
}

public sealed class AkkaPostgresFollowingTests : FollowingContract
{
    protected override IEngineStore MakeStore() => new AkkaDatabase();
}
