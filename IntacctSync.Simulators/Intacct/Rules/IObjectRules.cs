using IntacctSync.Simulators.Intacct.Records;

namespace IntacctSync.Simulators.Intacct.Rules;

/// <summary>
/// What holds when an object is written. Refused calls throw <see cref="Answers.RefusedException"/> with the chain in
/// Intacct's order; what they had done until then is rolled back by the caller.
/// </summary>
internal interface IObjectRules
{
    StoredRecord Create(WriteContext context, FieldValues fields);

    StoredRecord Update(WriteContext context, FieldValues fields);

    void Delete(WriteContext context, string key);
}
