using System.Text.RegularExpressions;

namespace IntacctSync.Tests.Conventions;

/// <summary>Intacct's XML is built and read in one place, so that its traps are met once.</summary>
public sealed class IntacctXmlTests
{
    [Fact]
    public void Xml_is_built_and_read_only_where_intacct_is_spoken_to()
    {
        Assert.Empty(Sources.Code("IntacctSync.Core").SelectMany(Violations));
        Assert.Contains(Sources.Code("IntacctSync.Core"), UsesXml);
    }

    [Theory]
    [InlineData("using System.Xml;")]
    [InlineData("using System.Xml.Linq;")]
    [InlineData("private System.Xml.XmlReader _reader;")]
    [InlineData("var element = new XElement(\"CUSTOMER\");")]
    [InlineData("var text = $\"<CUSTOMERID>{id}</CUSTOMERID>\";")]
    public void The_rule_finds_a_file_that_breaks_it(string line)
    {
        Assert.Single(Violations(new SourceFile("IntacctSync.Core/Flows/A.cs", line)));
        Assert.Empty(Violations(new SourceFile("IntacctSync.Core/Intacct/A.cs", line)));
    }

    private static IEnumerable<string> Violations(SourceFile file)
    {
        if (file.Folder != "Intacct" && UsesXml(file))
            yield return $"{file.Path} builds or reads XML; that belongs into Intacct/.";
    }

    private static bool UsesXml(SourceFile file) =>
        Regex.IsMatch(
            file.Code,
            @"\bSystem\.Xml\b|\bXml(Reader|Writer|Document)\b|\bX(Element|Document)\b|""<[A-Z]+>|</[A-Z]+>",
            RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(10)
        );
}
