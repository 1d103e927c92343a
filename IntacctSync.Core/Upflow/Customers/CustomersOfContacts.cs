using IntacctSync.Core.Connections;
using IntacctSync.Core.Domain;
using IntacctSync.Core.KeyMap;

namespace IntacctSync.Core.Upflow.Customers;

/// <summary>
/// Finds the customers that use a contact, by its CONTACTNAME. A contact does not say who uses it, so each customer's
/// row keeps the names of its contacts among what it waits to hear of.
/// </summary>
public sealed class CustomersOfContacts(KeyMapStore keyMap)
{
    private const string Mark = "contact:";

    /// <summary>How a row names a contact.</summary>
    internal static string NameOf(string contactName) => Mark + contactName.Trim();

    internal async Task<ILookup<string, string>> FindAsync(
        Connection connection,
        FlowName flow,
        IReadOnlyCollection<string> names,
        CancellationToken cancellationToken
    )
    {
        var found = new List<(string Name, string CustomerId)>();
        foreach (var name in names)
        {
            var customers = await keyMap.FindWaitingAsync(connection.Id, flow, NameOf(name), cancellationToken);
            found.AddRange(customers.Select(c => (name, c)));
        }

        return found.ToLookup(f => f.Name, f => f.CustomerId, StringComparer.Ordinal);
    }
}
