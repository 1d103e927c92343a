using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Answers;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Simulators.Intacct.Gateway;

/// <summary>
/// Checks an operation's authentication: login or session, then whether the sender may work with the company.
/// </summary>
internal sealed class SignIn(
    SessionStore sessions,
    IReadOnlyDictionary<string, IntacctCompany> companies,
    FaultRules faults
)
{
    /// <summary>The one who is signed in, or the operation element that says why nobody is.</summary>
    public (Session? Session, XElement? Failure) Check(
        GatewayRequest request,
        OperationRequest operation,
        string endpoint
    )
    {
        var facts = Facts.Of(request, sessions.Peek(operation.SessionId));
        if (operation.Login is { } login)
        {
            var (user, company) = (login.Element("userid")!.Value.Trim(), login.Element("companyid")!.Value.Trim());
            return
                faults.Take([IntacctFaults.WrongPassword], facts) is null
                && Login(login, user, company, endpoint) is { } signedIn
                ? Authorised(request, signedIn, user, company, facts)
                : (
                    null,
                    ResponseDocument.AuthenticationFailure(
                        user,
                        company,
                        new IntacctError("XL03000006", "Sign-in information is incorrect")
                    )
                );
        }
        if (operation.SessionId is { Length: > 0 } id)
        {
            if (faults.Take([IntacctFaults.SessionExpired], facts) is not null)
                sessions.End(id);
            if (sessions.Use(id, endpoint) is { } session)
                return Authorised(request, session, session.User.UserId, session.Company.Id, facts);
        }
        return (
            null,
            ResponseDocument.AuthenticationFailure("", "", new IntacctError("XL03000006", "Invalid session q...."))
        );
    }

    private Session? Login(XElement login, string userId, string companyId, string endpoint)
    {
        if (!companies.TryGetValue(companyId, out var company))
            return null;
        company.Counters.Add("login");
        var user = company.Setup.Users.FirstOrDefault(u =>
            u.UserId == userId && u.Password == login.Element("password")!.Value
        );
        var entity = login.Element("locationid")?.Value.Trim() ?? "";
        return user is null || (entity.Length > 0 && !company.Setup.Entities.Contains(entity, StringComparer.Ordinal))
            ? null
            : new Session("", company, user, entity, endpoint);
    }

    private (Session?, XElement?) Authorised(
        GatewayRequest request,
        Session session,
        string user,
        string company,
        List<KeyValuePair<string, string>> facts
    )
    {
        var sender = request.Control.SenderId;
        if (
            session.Company.Setup.AuthorisedSenders.Contains(sender, StringComparer.Ordinal)
            && faults.Take([IntacctFaults.SenderUnauthorised], facts) is null
        )
            return (session, null);
        return (
            null,
            ResponseDocument.AuthenticationFailure(
                user,
                company,
                new IntacctError(
                    "XL03000006",
                    $"The sender ID '{sender}' is not authorized to make Web Services requests to company ID "
                        + $"'{company}'.",
                    "Invalid Web Services Authorization",
                    "Contact the company administrator to grant Web Services authorization to this sender ID."
                )
            )
        );
    }
}
