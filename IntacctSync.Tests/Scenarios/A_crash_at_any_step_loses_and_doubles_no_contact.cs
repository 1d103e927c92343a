using IntacctSync.Core.Domain;
using IntacctSync.Tests.Scenarios.Road;

namespace IntacctSync.Tests.Scenarios;

/// <summary>
/// One story for every fourth step at which the process can die: a contact, a customer that carries its own, and one
/// that moves between them.
/// </summary>
public class A_crash_at_any_step_loses_and_doubles_no_contact
{
    [Fact]
    public Task Whichever_step_is_the_last_one() =>
        CrashStories.AtEveryStepAsync(at => new Story(at), least: 40, stride: 4);

    private sealed class Story(int dieAt) : CustomerRoadTest, ICrashStory
    {
        public async Task<int> PlayAsync()
        {
            await ConnectCustomersAsync();
            var organization = MakeOrganization("Harbor Dental Group");
            await RestAsync();
            var crash = new CrashSwitch { At = dieAt };
            await RestartAsync(crash);

            var (one, alone, moved) = (
                MakeCustomer("Ines", "Roy", organization),
                MakeCustomer("Paul", "Roy"),
                MakeCustomer("Zoe", "Roy")
            );
            await LiveOnAsync();
            Zuper.Screens.Edit(one, c => c["customer_last_name"] = "Miller");
            Zuper.Screens.Edit(moved, c => c["customer_organization"] = organization);
            Zuper.Screens.Deactivate(alone);
            await LiveOnAsync();
            await RestartAsync();
            await RestAsync();

            var where = $"died at step {dieAt}: {crash.Where}";
            foreach (var uid in new[] { one, alone, moved })
            {
                var entry = await ContactEntryAsync(uid);
                Assert.True(
                    entry.State == RecordState.Synced || (uid == alone && entry.TargetId is null),
                    $"{entry.State} {entry.Problem}, {where}"
                );
                Assert.True(entry.TargetId == ContactId(uid), $"{entry.TargetId} is not {ContactId(uid)}, {where}");
            }

            Assert.True(
                ListOf(SageId(organization)!)
                    .Order(StringComparer.Ordinal)
                    .SequenceEqual(
                        new[] { one, moved }.Select(u => $"Zuper\t{ContactId(u)}").Order(StringComparer.Ordinal),
                        StringComparer.Ordinal
                    ),
                where
            );
            Assert.Equal("Ines Miller", Contact(one)["PRINTAS"]);
            Assert.True(Customers.Count is 2 or 3, $"{Customers.Count} customers, {where}");
            Assert.True(
                Contacts.Count == Contacts.Select(c => c["CONTACTNAME"]).Distinct(StringComparer.Ordinal).Count()
                    && Contacts.Count is 3 or 4,
                $"{Contacts.Count} contacts, {where}"
            );
            if (SageId(alone) is { } own)
                Assert.True(Customer(own)["STATUS"] == "inactive", where);
            return crash.Steps;
        }
    }
}
