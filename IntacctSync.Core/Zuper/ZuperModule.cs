namespace IntacctSync.Core.Zuper;

/// <summary>The modules whose records carry custom fields that this sync writes.</summary>
public enum ZuperModule
{
    Organization,
    Customer,
    Invoice,
    Product,
}
