using Training.Data;
using Training.Experiments;
using Worker.Hosting;

namespace Tests.Worker;

/// <summary>A slot reads a data set when an attempt first asks for it.</summary>
public sealed class SlotImagesTests
{
    private readonly SlotImages _images = new(new DataPlaces("/no/such/folder", null, "/nowhere"));

    [Fact]
    public void An_attempt_that_names_no_set_gets_none() => _images.Of(null).ShouldBeNull();

    [Fact]
    public void A_set_is_read_once_and_the_one_asked_for_longest_ago_is_forgotten()
    {
        var first = _images.Of("mnist");
        _images.Of("fashion-mnist");
        _images.Of("mnist").ShouldBeSameAs(first);
        _images.Of("third");
        _images.Of("mnist").ShouldBeSameAs(first, "it was asked for after the other one");
        _images.Of("fourth");
        _images.Of("fifth");
        _images.Of("mnist").ShouldNotBeSameAs(first);
    }

    [Fact]
    public void A_set_that_is_missing_fails_the_attempt_and_is_looked_for_again_by_the_next()
    {
        var images = _images.Of("mnist")!;

        for (var attempt = 0; attempt < 2; attempt++)
        {
            Should.Throw<DataSetException>(() => images.Value).Message.ShouldContain("/no/such/folder");
        }
    }
}
