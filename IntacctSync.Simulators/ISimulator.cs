using System.Text.Json.Nodes;

namespace IntacctSync.Simulators;

/// <summary>An imitation of one remote service that <see cref="SimulatorHost"/> can serve.</summary>
public interface ISimulator
{
    /// <summary>The verb it is started by: <c>intacct</c>, <c>zuper</c>, <c>upflow</c>.</summary>
    string Name { get; }

    /// <summary>The path of the imitated API, printed after the address.</summary>
    string Path { get; }

    TimeProvider Clock { get; }

    /// <summary>What it was asked; the simulator adds an entry per request to the imitated API.</summary>
    RequestJournal Journal { get; }

    /// <summary>What it has taken and not answered yet.</summary>
    RequestsUnderWay UnderWay { get; }

    /// <summary>The faults still to inject; the simulator takes them at the moments they are meant for.</summary>
    FaultRules Faults { get; }

    /// <summary>Adds the routes of the imitated API; <c>/_sim</c> is added by the host.</summary>
    void Map(IEndpointRouteBuilder endpoints);

    /// <summary>What it holds of one kind, as JSON; null where it knows no such kind.</summary>
    /// <param name="kind">An object name of the imitated service (any case), or <c>_counters</c>.</param>
    JsonNode? State(string kind);

    /// <summary>Back to the state it was made with: records, sessions, counters, faults and journal.</summary>
    void Reset();
}
