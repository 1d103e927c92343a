using System.Text.Json.Nodes;

namespace IntacctSync.Simulators.Zuper.Records;

/// <summary>Who changes a record: the owner of the API key, or a person in Zuper's own screens.</summary>
internal sealed record ZuperActor(string Uid, string FirstName, string LastName, string Email)
{
    public static ZuperActor KeyOwner { get; } =
        new("57a967fe-30c1-41a6-a4e5-5a04f5b8c936", "Sync", "User", "sync@sandbox.example");

    public static ZuperActor Person { get; } =
        new("cfa78be2-b427-4d5a-89fe-7cf4a8e01352", "Dana", "Reyes", "dana.reyes@sandbox.example");

    /// <summary>The one of that uid; null where there is none.</summary>
    public static ZuperActor? Of(string? uid) =>
        uid == KeyOwner.Uid ? KeyOwner
        : uid == Person.Uid ? Person
        : null;

    /// <summary>As <c>done_by</c> in a history shows it.</summary>
    public JsonObject Short() =>
        new()
        {
            ["user_uid"] = Uid,
            ["first_name"] = FirstName,
            ["last_name"] = LastName,
        };

    /// <summary>As <c>created_by</c> shows it.</summary>
    public JsonObject ToJson() =>
        new()
        {
            ["user_uid"] = Uid,
            ["first_name"] = FirstName,
            ["last_name"] = LastName,
            ["email"] = Email,
            ["external_login_id"] = null,
            ["home_phone_number"] = null,
            ["designation"] = "Admin",
            ["emp_code"] = "001",
            ["prefix"] = null,
            ["work_phone_number"] = null,
            ["mobile_phone_number"] = null,
            ["profile_picture"] = "",
            ["hourly_labor_charge"] = null,
            ["is_active"] = true,
            ["is_deleted"] = false,
        };
}
