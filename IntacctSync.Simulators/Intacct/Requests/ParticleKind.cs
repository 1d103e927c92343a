namespace IntacctSync.Simulators.Intacct.Requests;

/// <summary>What a part of a content model is.</summary>
internal enum ParticleKind
{
    Name,
    Sequence,
    Choice,
    AnyOrder,
}
