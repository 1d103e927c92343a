using IntacctSync.Core.Envelopes;

namespace IntacctSync.Local.Pump;

/// <summary>Works off a delivered envelope: the gate of the pipeline.</summary>
/// <param name="received">The envelope.</param>
/// <param name="cancellationToken">The host stops or the session is lost: what has no outcome is given back.</param>
internal delegate Task<Settlement> EnvelopeHandler(ReceivedEnvelope received, CancellationToken cancellationToken);
