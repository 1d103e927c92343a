using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>What the business rules need to know of the world while one object is written.</summary>
/// <param name="Books">Where it is written.</param>
/// <param name="Stamp">By whom and when.</param>
/// <param name="Options">The switches.</param>
/// <param name="IgnoredFields">Names that the object does not have are ignored, as generic functions do, but noted
/// here.</param>
/// <param name="Setup">How the company is set up.</param>
internal sealed record WriteContext(
    Books Books,
    Stamp Stamp,
    IntacctSimulatorOptions Options,
    ISet<string> IgnoredFields,
    SimulatedCompany Setup
)
{
    public RecordTable Table(string name) => Books[name];
}
