using System.Net;
using Engine.Sql.Artifacts;
using Shared.Engine;

namespace Tests.EngineSql.Artifacts;

/// <summary>Places outside the database: a shared folder and S3.</summary>
public sealed class ContentPlaceTests : IDisposable
{
    private static readonly DateTimeOffset Later = DateTimeOffset.UnixEpoch.AddYears(200);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("content-place-");
    private readonly S3Listener _s3 = new();

    public void Dispose()
    {
        _s3.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("s3")]
    public async Task A_content_is_held_and_read_as_it_was_written_and_is_gone_once_deleted(string kind)
    {
        var place = Place(kind);
        var bytes = Enumerable.Range(0, 100_000).Select(i => (byte)(i * 7)).ToArray();
        var sha256 = ContentFolder.HashOf(bytes);
        (await place.HoldsAsync(sha256, bytes.Length, default)).ShouldBeFalse();

        await place.WriteAsync(sha256, bytes, DateTimeOffset.UnixEpoch, default);
        await place.WriteAsync(sha256, bytes, DateTimeOffset.UnixEpoch, default);

        (await place.HoldsAsync(sha256, bytes.Length, default)).ShouldBeTrue();
        (await place.HoldsAsync(sha256, bytes.Length + 1, default)).ShouldBeFalse();
        (await place.ReadAsync(sha256, "it", default)).ShouldBe(bytes);
        var stored = (await place.ContentsAsync(Later, default)).ShouldHaveSingleItem();
        (stored.Sha256, stored.Length).ShouldBe((sha256, bytes.Length));
        await place.DeleteAsync(stored, default);
        (await place.HoldsAsync(sha256, bytes.Length, default)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("s3")]
    public async Task Contents_are_listed_however_many_there_are_and_the_young_ones_are_not(string kind)
    {
        var place = Place(kind);
        for (var i = 0; i < 7; i++)
        {
            await place.WriteAsync(
                ContentFolder.HashOf([(byte)i]), [(byte)i], DateTimeOffset.UnixEpoch.AddDays(2), default);
        }

        (await place.ContentsAsync(Later, default)).Count.ShouldBe(7);
        (await place.ContentsAsync(DateTimeOffset.UnixEpoch.AddDays(1), default)).ShouldBeEmpty();
        (await place.PartsAsync(Later, default)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("s3")]
    public async Task A_content_that_is_missing_or_damaged_is_one_clear_error(string kind)
    {
        var place = Place(kind);
        var sha256 = ContentFolder.HashOf([1]);
        (await Should.ThrowAsync<StoreUnusableException>(
            () => place.ReadAsync(sha256, "the model of demo/1.1", default)))
            .Message.ShouldMatch(
                $"^the model of demo/1.1 is lost, its (file|object) .*{sha256} is missing: put back");

        await place.WriteAsync(ContentFolder.HashOf([1]), [1], DateTimeOffset.UnixEpoch, default);
        Damage(sha256);
        (await Should.ThrowAsync<StoreUnusableException>(() => place.ReadAsync(sha256, "the model", default)))
            .Message.ShouldContain("has another hash");
    }

    [Fact]
    public async Task A_store_s_contents_lie_under_its_prefix_and_no_other_store_lists_them()
    {
        var (mine, other) = (Place("s3"), new S3Place(_s3.Client(), S3Listener.Bucket, "ebm/another"));
        await mine.WriteAsync(ContentFolder.HashOf([1]), [1], DateTimeOffset.UnixEpoch, default);

        _s3.Objects.Keys.ShouldHaveSingleItem()
            .ShouldBe("ebm/store-1/4b/4bf5122f344554c53bde2ebb8cd2b7e3d1600ad631c385a5d7cce23c7785459a");
        (await other.ContentsAsync(Later, default)).ShouldBeEmpty();
    }

    [Fact]
    public async Task S3_that_refuses_is_unusable_and_S3_that_does_not_answer_may_be_asked_again()
    {
        var stranger = new S3Place(_s3.Client("nobody"), S3Listener.Bucket, "p");
        (await Should.ThrowAsync<StoreUnusableException>(
            () => stranger.WriteAsync("ab01", [1], default, default)))
            .Message.ShouldBe("s3://sweeps-test refuses (InvalidAccessKeyId it is): "
                + "see the credentials, the region and the name of the bucket");
        _s3.Failure = HttpStatusCode.ServiceUnavailable;
        (await Should.ThrowAsync<StoreUnreachableException>(
            () => Place("s3").WriteAsync("ab01", [1], default, default)))
            .Message.ShouldStartWith("s3://sweeps-test does not answer (");
        _s3.Dispose();
        await Should.ThrowAsync<StoreUnreachableException>(
            () => Place("s3").ReadAsync("ab01", "it", default));
    }

    [Theory]
    [InlineData("/shared/folder/", "/shared/folder")]
    [InlineData("s3://bucket", "s3://bucket")]
    [InlineData("s3://bucket/a/b", "s3://bucket/a/b")]
    public void A_place_is_an_absolute_folder_or_an_S3_URL(string text, string place) =>
        ContentPlaces.Check(text).ShouldBe(place);

    [Theory]
    [InlineData("shared/folder")]
    [InlineData("s3://")]
    [InlineData("s3:///prefix")]
    [InlineData("https://bucket")]
    public void Another_place_is_refused_with_what_is_expected(string text) =>
        Should.Throw<StoreUnusableException>(() => ContentPlaces.Check(text)).Message.ShouldBe(
            $"SWEEP_ARTIFACTS is '{text}': it takes an absolute folder that every box sees, or s3://BUCKET/PREFIX");

    private IContentPlace Place(string kind) => kind == "folder"
        ? new FolderPlace(new ContentFolder(_folder.FullName))
        : new S3Place(_s3.Client(), S3Listener.Bucket, "ebm/store-1");

    private void Damage(string sha256)
    {
        foreach (var file in _folder.EnumerateFiles(sha256, SearchOption.AllDirectories))
        {
            File.WriteAllBytes(file.FullName, [2]);
        }

        foreach (var (key, (_, at)) in _s3.Objects)
        {
            _s3.Objects[key] = ([2], at);
        }
    }
}
