using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

// The namespace of the package whose double this is.
namespace Microsoft.Azure.Functions.Worker;

/// <summary>
/// Double of the attribute of Microsoft.Azure.Functions.Worker.Extensions.ServiceBus, with its public members, so that
/// the functions which it marks can be compiled and called where that package is not served.
/// </summary>
/// <remarks>Source: learn.microsoft.com, Azure Service Bus trigger for Azure Functions, attributes.</remarks>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ServiceBusTriggerAttribute : TriggerBindingAttribute
{
    public ServiceBusTriggerAttribute(string queueName) => QueueName = queueName;

    public ServiceBusTriggerAttribute(string topicName, string subscriptionName) =>
        (TopicName, SubscriptionName) = (topicName, subscriptionName);

    public string? QueueName { get; }

    public string? TopicName { get; }

    public string? SubscriptionName { get; }

    public string? Connection { get; set; }

    public bool IsSessionsEnabled { get; set; }

    public bool IsBatched { get; set; }

    public bool AutoCompleteMessages { get; set; } = true;
}
