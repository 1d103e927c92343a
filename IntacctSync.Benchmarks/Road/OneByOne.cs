using System.Globalization;
using IntacctSync.Core.Apps;
using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Intacct;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Intacct.Responses;

namespace IntacctSync.Benchmarks.Road;

/// <summary>
/// The peer: what most integrations do. One create in each request, one request after the other, by the same client. It
/// reads nothing from Zuper, writes nothing back, and remembers nothing, so what it takes is less than a whole one of
/// its kind would.
/// </summary>
internal static class OneByOne
{
    /// <returns>Seconds for all of them.</returns>
    public static async Task<double> MeasureAsync(
        RoadWorld world,
        Connection connection,
        int count,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        var client = world.Get<IntacctClient>();
        var credentials = await world.Get<ConnectionAccessSource>().GetIntacctAsync(connection, cancellationToken);
        var start = time.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var response = await client.SendAsync(credentials, [Create(i)], uniqueId: true, cancellationToken);
            if (response.Results is not [{ Status: FunctionStatus.Success }])
                throw new InvalidOperationException(
                    $"The simulator refused a create of the peer: {response.Results[0].Errors}"
                );
        }

        return time.GetElapsedTime(start).TotalSeconds;
    }

    private static IntacctFunction Create(int number)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"Peer {number}");
        return CustomerRequests.Create(
            new ControlId("peer-" + name),
            new CustomerFields
            {
                CustomerId = string.Create(CultureInfo.InvariantCulture, $"P{number:0000}"),
                Name = name,
                DisplayContact = new ContactFields
                {
                    PrintAs = name,
                    ContactName = name,
                    Email1 = string.Create(CultureInfo.InvariantCulture, $"ap@peer{number}.example"),
                },
            }
        );
    }
}
