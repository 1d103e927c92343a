using IntacctSync.Core.Connections.Document;
using IntacctSync.Local.Cli;

namespace IntacctSync.Tests.Local.Cli;

/// <summary>The wizard asks what the console's form has, and in its words.</summary>
public class ConnectFormTests
{
    public static TheoryData<string> Apps => [.. ConnectForm.Apps];

    [Theory]
    [MemberData(nameof(Apps))]
    public void A_field_is_in_the_form_and_in_the_wizard_or_in_neither(string app)
    {
        var form = ConnectForm.FormOf(app);
        var signIn = ConnectForm.SignInOf(app).Select(q => q.Field);
        var rest = form.Sections.SelectMany(ConnectForm.Of).Select(q => q.Field);
        Assert.Equal(
            form.Fields.OrderBy(f => !f.SignsIn).Select(f => $"{f.Path}: {f.Label}"),
            signIn.Concat(rest).Select(f => $"{f.Path}: {f.Label}")
        );
    }

    /// <summary>Before both systems are signed in to, no list can be read.</summary>
    [Theory]
    [MemberData(nameof(Apps))]
    public void What_is_asked_first_can_be_written_by_hand(string app) =>
        Assert.DoesNotContain(ConnectForm.SignInOf(app), q => q.Field.Kind is FieldKind.Choice or FieldKind.Pairs);

    /// <summary>Without an answer nobody could go on.</summary>
    [Theory]
    [MemberData(nameof(Apps))]
    public void What_must_be_given_is_asked_first_and_nothing_further_must_be(string app) =>
        Assert.All(ConnectForm.FormOf(app).Fields.Where(f => f.Required), f => Assert.True(f.SignsIn, f.Path));
}
