using IntacctSync.Core;
using IntacctSync.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace IntacctSync.Tests.Pipeline;

public sealed class RoadTests
{
    /// <summary>
    /// The stages in their order, as one reads them in the registration: a change of the road is seen and approved.
    /// </summary>
    [Fact]
    public void The_road_is_as_it_was_approved()
    {
        var services = new ServiceCollection();
        services.AddIntacctSync();
        var stages = services
            .Where(s => s.ServiceType.Namespace!.StartsWith("IntacctSync", StringComparison.Ordinal))
            .Select(s => (Service: s.ServiceType, Made: s.ImplementationType ?? s.ServiceType))
            .Select(s => Name(s.Service) + (s.Made == s.Service ? "" : $" = {Name(s.Made)}"));
        Approval.Matches("road", string.Join('\n', stages) + "\n", "txt");
    }

    private static string Name(Type type) => type.FullName!["IntacctSync.Core.".Length..];
}
