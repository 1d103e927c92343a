using Azure.Identity;

namespace IntacctSync.Functions.Broker;

/// <summary>Makes a line of an exception of the Service Bus library.</summary>
internal static class ServiceBusErrors
{
    /// <summary>
    /// One line. An exception of the identity library holds one for each way to sign in; the line is made of the one
    /// that matters.
    /// </summary>
    public static string Line(Exception exception)
    {
        var telling = exception is AuthenticationFailedException { InnerException: { } inner } ? inner : exception;
        return telling.Message.Split('\n')[0].Trim();
    }
}
