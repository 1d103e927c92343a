namespace IntacctSync.Core.Detection;

/// <summary>A pass over the objects of a flow that is under way.</summary>
/// <param name="Object">Which object is being read, from 0.</param>
/// <param name="After">From where on it is to be gone on with; null at its beginning.</param>
/// <param name="BackTo">Of a pass that looks back: to when; null for the others.</param>
/// <param name="Begun">From where on the object was begun with; null at its beginning. What has no time of change is told by when it was made, and is not behind us because what has one is.</param>
internal sealed record IntacctFeedPass(int Object, DateTimeOffset? After, DateTimeOffset? BackTo, DateTimeOffset? Begun = null);
