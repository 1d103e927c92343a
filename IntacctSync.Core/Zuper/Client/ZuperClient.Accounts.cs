using System.Text.Json.Nodes;
using IntacctSync.Core.Remote;
using IntacctSync.Core.Zuper.Records;

namespace IntacctSync.Core.Zuper.Client;

/// <summary>Finding an account and whether its key works.</summary>
public sealed partial class ZuperClient
{
    /// <summary>
    /// Where the company's account lives (developers.zuper.co, Getting Started): its <c>dc_api_url</c>, without
    /// <c>/api</c>. The company's name is the one that its users log in with.
    /// </summary>
    /// <exception cref="ZuperException">No such company, or the answer names a host that is not allowed.</exception>
    public async Task<Uri> LookUpRegionAsync(string companyName, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(companyName);
        var accounts = ZuperAccount.NormalizeRoot(new Uri(options.Value.AccountsEndpoint, UriKind.Absolute));
        var call = new ZuperCall(
            HttpMethod.Post,
            "config",
            new Uri($"{accounts.AbsoluteUri.TrimEnd('/')}/api/config", UriKind.Absolute)
        )
        {
            Body = new JsonObject { ["company_name"] = companyName.Trim() },
        };
        var answer = await LookUpAsync(call, companyName, cancellationToken);
        var found = ZuperJson.Text(ZuperJson.Object(answer.Json, "config"), "dc_api_url")?.Trim();
        if (!Uri.TryCreate(found, UriKind.Absolute, out var root))
            throw new ZuperException(
                ZuperFailure.Unreadable,
                $"Zuper's region look-up names no address for the company '{companyName}'. Set zuper.apiUrl by hand."
            )
            {
                Status = answer.Status,
            };
        GuardAddress(root);
        return ZuperAccount.NormalizeRoot(root);
    }

    /// <summary>Makes the cheapest call that needs the key; returns when Zuper accepts it.</summary>
    public async Task ProbeAsync(ZuperAccount account, CancellationToken cancellationToken) =>
        await ListOrganizationsAsync(account, null, 1, 1, deleted: false, RequestPriority.Live, cancellationToken);

    /// <summary>
    /// The <c>company_uid</c> of the account that the key belongs to; null where Zuper does not say it. The reference
    /// has no such call. Public tools ask <c>GET /api/user/company</c> with a key; that its answer has the uid in
    /// <c>data</c> or <c>data.company</c> is assumed, after the bodies of webhooks.
    /// </summary>
    /// <exception cref="ZuperException">The key is refused, or Zuper can't be asked for now.</exception>
    public async Task<string?> FindCompanyUidAsync(ZuperAccount account, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(account);
        var call = new ZuperCall(HttpMethod.Get, "user/company", account.Address("user/company"))
        {
            Account = account,
            Priority = RequestPriority.Live,
        };
        try
        {
            var data = (await SendAsync(call, cancellationToken)).Data;
            var uid =
                ZuperJson.Text(data, "company_uid") ?? ZuperJson.Text(ZuperJson.Object(data, "company"), "company_uid");
            return string.IsNullOrWhiteSpace(uid) ? null : uid.Trim();
        }
        catch (ZuperException e)
            when (e.Failure
                    is ZuperFailure.NotFound
                        or ZuperFailure.NotPermitted
                        or ZuperFailure.NotZuper
                        or ZuperFailure.Rejected
                        or ZuperFailure.Unreadable
            )
        {
            return null;
        }
    }

    private async Task<ZuperAnswer> LookUpAsync(ZuperCall call, string companyName, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(call, cancellationToken);
        }
        catch (ZuperException e) when (e.Failure is ZuperFailure.NotFound or ZuperFailure.Rejected)
        {
            throw new ZuperException(
                ZuperFailure.NotFound,
                $"Zuper knows no company '{companyName}'. Set zuper.companyName to the company's login name, "
                    + $"or zuper.apiUrl. {e.Message}",
                e
            )
            {
                Status = e.Status,
            };
        }
    }
}
