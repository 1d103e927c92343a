using System.Globalization;
using IntacctSync.Benchmarks.Road;
using IntacctSync.Web.Access;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace IntacctSync.Benchmarks.ConsolePages;

/// <summary>
/// Every page of the console over 100,000 records: how long it takes from the request to its last byte, and how large
/// it is. What a page reads from the two systems is read from simulators that answer at once.
/// </summary>
internal static class ConsoleLoad
{
    private const int Warmings = 3;
    private const int Times = 15;
    private const int MostBytes = 100 * 1024;
    private const double MostSeconds = 0.1;

    public static async Task<bool> RunAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        await using var world = await RoadWorld.StartAsync(
            TimeSpan.Zero,
            time,
            WithoutKey.LoopbackOnly,
            cancellationToken
        );
        var connection = await world.ConnectAsync(cancellationToken);
        var state = new ConsoleState(world, connection, time);
        var begun = time.GetTimestamp();
        await state.StoreAsync(cancellationToken);
        Figures.Heading($"The console over {ConsoleState.Records:N0} records; medians of {Times}");
        Figures.Fact("stored in", Figures.Seconds(time.GetElapsedTime(begun).TotalSeconds));

        using var client = world.Get<IHttpClientFactory>().CreateClient("console");
        client.BaseAddress = AddressOf(world);
        var figures = new Figures();
        foreach (var (name, path) in state.Pages)
            await MeasureAsync(figures, client, name, path, time, cancellationToken);
        return figures.AllHold;
    }

    private static async Task MeasureAsync(
        Figures figures,
        HttpClient client,
        string name,
        string path,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var (seconds, bytes) = (new List<double>(), 0);
        for (var i = 0; i < Warmings + Times; i++)
        {
            var begun = time.GetTimestamp();
            using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
            bytes = (await answer.Content.ReadAsByteArrayAsync(cancellationToken)).Length;
            if (i >= Warmings)
                seconds.Add(time.GetElapsedTime(begun).TotalSeconds);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{path} answered {(int)answer.StatusCode}.");
        }

        seconds.Sort();
        figures.Under(
            name,
            seconds[seconds.Count / 2],
            MostSeconds,
            string.Create(CultureInfo.InvariantCulture, $"at most {seconds[^1]:0.000} s")
        );
        figures.AtMost("  its bytes", bytes, MostBytes);
    }

    private static Uri AddressOf(RoadWorld world) =>
        new(world.Get<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
}
