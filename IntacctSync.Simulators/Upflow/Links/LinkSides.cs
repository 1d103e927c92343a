using IntacctSync.Simulators.Upflow.Api;
using IntacctSync.Simulators.Upflow.Records;

namespace IntacctSync.Simulators.Upflow.Links;

/// <summary>Reads the arrays that say what is to be linked.</summary>
internal static class LinkSides
{
    /// <param name="organization">Where.</param>
    /// <param name="reader">The body that has the array.</param>
    /// <param name="field">The array's name.</param>
    /// <param name="kind">What it lists.</param>
    /// <exception cref="UpflowRefusal">An element names nothing that is there, or has no amount.</exception>
    public static IReadOnlyList<LinkSide> Read(
        UpflowOrganization organization,
        FieldReader reader,
        string field,
        DocumentKind kind
    ) =>
        [
            .. reader
                .Objects(field)
                .Select(
                    (row, i) =>
                    {
                        var side = new FieldReader(row, keeps: false, $"{field}[{i}].");
                        side.Allow(
                            organization.Options.UnknownFieldsRefused,
                            "id",
                            "externalId",
                            "customId",
                            "amountLinked"
                        );
                        var (id, external) = (side.Text("id"), side.Text("externalId"));
                        side.Text("customId");
                        var amount = side.Amount("amountLinked", 1);
                        if (id is null && external is null)
                            throw new UpflowRefusal($"\"{field}[{i}]\" must contain at least one of [id, externalId]");
                        var set = organization.Of(kind);
                        return new LinkSide(
                            (id is not null ? set.ById(id) : set.ByExternalId(external))
                                ?? throw new UpflowRefusal(
                                    $"{kind.Word} {id ?? external} not found",
                                    organization.Options.UnknownSideStatus
                                ),
                            amount
                        );
                    }
                ),
        ];
}
