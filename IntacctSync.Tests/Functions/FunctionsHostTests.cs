using IntacctSync.Functions;

namespace IntacctSync.Tests.Functions;

public sealed class FunctionsHostTests
{
    [Theory]
    [InlineData("--Polling:Payments=often", "Polling:Payments is 'often'")]
    [InlineData("--POLLING_PRODUCTS=often", "POLLING_PRODUCTS is 'often'")]
    [InlineData("--Admin:ApiKey=short", "Admin:ApiKey has 5 characters")]
    [InlineData("--Secrets:VaultUri=vault", "Secrets:VaultUri is 'vault'")]
    public async Task A_setting_that_is_wrong_ends_the_host_with_one_line(string setting, string line)
    {
        var errors = new StringWriter();
        var code = await FunctionsHost.RunAsync(
            [.. StartedFunctions.Settings("UseDevelopmentStorage=true", "Endpoint=sb://127.0.0.1"), setting],
            errors
        );
        Assert.Equal(2, code);
        var told = Assert.Single(errors.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(line, told, StringComparison.Ordinal);
    }
}
