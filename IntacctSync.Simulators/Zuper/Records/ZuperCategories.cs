using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>The product categories that every account here begins with, by uid.</summary>
public static class ZuperCategories
{
    public const string Parts = "c9d20f3e-6a10-4b7c-93a4-2d5e8f7a1001";

    public const string Services = "c9d20f3e-6a10-4b7c-93a4-2d5e8f7a1002";

    public const string Labor = "c9d20f3e-6a10-4b7c-93a4-2d5e8f7a1003";

    private static readonly TimeSpan Age = TimeSpan.FromDays(365);

    internal static void Fill(ZuperCompany company)
    {
        foreach (var (uid, name) in new[] { (Parts, "Parts"), (Services, "Services"), (Labor, "Labor") })
            company.Place(
                ZuperModules.Category,
                uid,
                new JsonObject { ["category_name"] = name, ["category_description"] = "" },
                Age
            );
    }
}
