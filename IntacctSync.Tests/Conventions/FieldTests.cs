using System.Reflection;
using System.Runtime.CompilerServices;
using IntacctSync.Core.Flows;
using IntacctSync.Core.Intacct.Requests;
using IntacctSync.Core.Zuper.Contacts;
using IntacctSync.Tests.Support;

namespace IntacctSync.Tests.Conventions;

/// <summary>What is written is remembered field by field, so that a change of each is noticed.</summary>
public sealed class FieldTests
{
    /// <summary>What names a record, and what is never mapped.</summary>
    private static readonly string[] NotChosen = ["ContactName", "CustomFields", "MailAddress", "DisplayContact"];

    [Fact]
    public void Each_field_of_a_contact_is_chosen_by_its_changes() =>
        AssertChosen(typeof(ContactFields), (f, choose) => ((ContactFields)f).Choose(choose), _ => true);

    [Fact]
    public void Each_field_of_an_address_is_chosen_by_its_changes() =>
        AssertChosen(typeof(MailAddress), (f, choose) => ((MailAddress)f).Choose(choose), _ => true);

    [Fact]
    public void Each_field_of_a_customer_that_is_mapped_is_chosen_by_its_changes()
    {
        var mapped = ((Mapped<CustomerFields>.Document)OrganizationMapper.Map(Some.Organization())).Value;
        AssertChosen(
            typeof(CustomerFields),
            (f, choose) => ((CustomerFields)f).Choose(choose),
            property => property.GetValue(mapped) is not null
        );
    }

    [Fact]
    public void Each_custom_field_is_chosen_by_its_changes()
    {
        var fields = new CustomerFields
        {
            CustomFields = Some.CustomFields(("REGION", "South")),
            DisplayContact = new ContactFields { CustomFields = Some.CustomFields(("NICKNAME", "Annie")) },
        };
        var seen = new List<(string, string?)>();
        fields.Choose(
            (name, value) =>
            {
                if (value is not null)
                    seen.Add((name, value));
                return null;
            }
        );
        Assert.Equal([("CF/REGION", "South"), ("DC/CF/NICKNAME", "Annie")], seen.Order());
    }

    private static void AssertChosen(
        Type type,
        Action<object, Func<string, string?, string?>> chooses,
        Func<PropertyInfo, bool> counts
    )
    {
        var forgotten = type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => p.CanWrite && !NotChosen.Contains(p.Name, StringComparer.Ordinal) && counts(p))
            .Where(property =>
            {
                var fields = RuntimeHelpers.GetUninitializedObject(type);
                var value = property.PropertyType == typeof(bool?) ? (object)true : "x";
                property.SetValue(fields, value);
                type.GetProperty("CustomFields")?.SetValue(fields, CustomFieldXml.None);
                var seen = new List<string?>();
                chooses(
                    fields,
                    (_, chosen) =>
                    {
                        seen.Add(chosen);
                        return chosen;
                    }
                );
                return !seen.Contains(value.ToString(), StringComparer.Ordinal);
            })
            .Select(p => p.Name)
            .ToList();
        Assert.True(
            forgotten.Count == 0,
            $"{type.Name}.Choose leaves out {string.Join(", ", forgotten)}: add a line for each, with its name in "
                + "Intacct, or a change of it in the source is never noticed."
        );
    }
}
