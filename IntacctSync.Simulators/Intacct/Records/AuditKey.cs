namespace IntacctSync.Simulators.Intacct.Records;

/// <summary>The forms of AUDITHISTORY.OBJECTKEY seen in live data.</summary>
internal enum AuditKey
{
    RecordNo,
    RecordNoWithSuffix,
    NameField,
}
