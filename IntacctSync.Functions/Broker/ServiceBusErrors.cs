using Azure.Identity;

namespace IntacctSync.Functions.Broker;

/// <summary>What to say of an exception of the Service Bus library.</summary>
internal static class ServiceBusErrors
{
    /// <summary>
    /// One line. A chain of identities says nothing by itself; why the one that was meant failed stands inside.
    /// </summary>
    public static string Line(Exception exception)
    {
        var telling = exception is AuthenticationFailedException { InnerException: { } inner } ? inner : exception;
        return telling.Message.Split('\n')[0].Trim();
    }
}
