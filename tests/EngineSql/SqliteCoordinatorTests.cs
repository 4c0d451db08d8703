using Tests.Contracts;

namespace Tests.EngineSql;

public sealed class SqliteCoordinatorTests : CoordinatorContract
{
    protected override IEngineStore MakeStore() => new SqliteFile();
}
