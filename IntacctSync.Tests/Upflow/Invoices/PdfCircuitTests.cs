using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Notifications;
using IntacctSync.Core.Upflow.Invoices;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Upflow.Invoices;

public sealed class PdfCircuitTests : IAsyncLifetime
{
    private readonly StoreStand _stand = new();

    private PdfCircuit Circuit =>
        field ??= new PdfCircuit(
            new NoticeStore(_stand.Table, new EmailOptions(), _stand.Clock),
            new ConnectionTimeline(_stand.Table, _stand.Clock, new CountingIds()),
            _stand.Clock
        );

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _stand.DisposeAsync();

    /// <summary>A run that a person asked for tries one PDF with each of its chunks.</summary>
    [Fact]
    public async Task What_is_refused_while_the_others_rest_makes_their_rest_no_longer()
    {
        await RefusedAsync();
        var until = Circuit.RestsUntil(Some.ConnectionId);
        Assert.Equal(_stand.Clock.GetUtcNow().AddHours(1), until);
        for (var chunk = 0; chunk < 6; chunk++)
        {
            _stand.Clock.Advance(TimeSpan.FromSeconds(20));
            Assert.Null(Circuit.RestsUntil(Some.ConnectionId, _stand.Clock.GetUtcNow()));
            await RefusedAsync();
            Assert.Equal(until, Circuit.RestsUntil(Some.ConnectionId, _stand.Clock.GetUtcNow()));
        }
    }

    [Fact]
    public async Task Each_rest_is_twice_as_long_as_the_one_before_and_a_day_at_the_most()
    {
        var rests = new List<double>();
        for (var i = 0; i < 6; i++)
        {
            await RefusedAsync();
            var rest = Circuit.RestsUntil(Some.ConnectionId)!.Value - _stand.Clock.GetUtcNow();
            rests.Add(rest.TotalHours);
            _stand.Clock.Advance(rest);
        }

        Assert.Equal([1, 2, 4, 8, 16, 24], rests);
    }

    private Task RefusedAsync() =>
        Circuit.RefusedAsync(
            Some.ConnectionId,
            "7",
            new Problem("intacct-permission", "The user may not print.", "Let it."),
            ofAll: true,
            CancellationToken.None
        );
}
