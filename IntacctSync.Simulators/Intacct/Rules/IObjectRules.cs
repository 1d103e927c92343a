using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>What holds when an object is written. Each call is all or nothing; refused ones throw a refusal whose errors are in Intacct's chain order.</summary>
internal interface IObjectRules
{
    StoredRecord Create(WriteContext context, FieldValues fields);

    StoredRecord Update(WriteContext context, FieldValues fields);

    void Delete(WriteContext context, string key);
}
