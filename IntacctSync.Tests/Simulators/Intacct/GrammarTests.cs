using System.Xml.Linq;
using IntacctSync.Simulators.Intacct.Requests;

namespace IntacctSync.Tests.Simulators.Intacct;

public class GrammarTests
{
    [Theory]
    [InlineData("a b? c", "a b c", true)]
    [InlineData("a b? c", "a c", true)]
    [InlineData("a b? c", "a b", false)]
    [InlineData("a b? c", "b a c", false)]
    [InlineData("a+ b*", "a a a", true)]
    [InlineData("a+ b*", "b", false)]
    [InlineData("a ( b | c ) d", "a c d", true)]
    [InlineData("a ( b | c ) d", "a b c d", false)]
    [InlineData("a ( b? c ( d? e | f ) )? g", "a g", true)]
    [InlineData("a ( b? c ( d? e | f ) )? g", "a b c e g", true)]
    [InlineData("a ( b? c ( d? e | f ) )? g", "a c f g", true)]
    [InlineData("a ( b? c ( d? e | f ) )? g", "a b g", false)]
    [InlineData("{ a b? c }", "c a", true)]
    [InlineData("{ a b? c }", "c b", false)]
    [InlineData("{ a b? c }", "c a a", false)]
    [InlineData("", "", true)]
    [InlineData("", "a", false)]
    public void A_content_model_takes_the_children_it_describes(string model, string children, bool fits)
    {
        var element = new XElement(
            "x",
            children.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(name => new XElement(name))
        );

        Assert.Equal(fits, ContentCheck.Of(element, ContentModel.Parse(model)) is null);
    }

    [Fact]
    public void An_error_says_what_was_found_and_what_was_expected()
    {
        var error = ContentCheck.Of(new XElement("x", new XElement("b")), ContentModel.Parse("( a | c )"));

        Assert.Contains(
            "Element 'b': This element is not expected. Expected is one of ( a, c ).",
            error!.Description2,
            StringComparison.Ordinal
        );
    }
}
