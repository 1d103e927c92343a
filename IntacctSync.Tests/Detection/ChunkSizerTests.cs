using IntacctSync.Core.Detection;
using IntacctSync.Core.Domain;
using IntacctSync.Core.Pipeline;

namespace IntacctSync.Tests.Detection;

public sealed class ChunkSizerTests
{
    [Theory]
    [InlineData(25, 2.4, 50)]
    [InlineData(50, 0, 99)]
    [InlineData(99, 0, 99)]
    [InlineData(25, 2.5, 25)]
    [InlineData(25, 5, 25)]
    [InlineData(99, 5.1, 49)]
    [InlineData(12, 60, 10)]
    public void A_chunk_is_larger_while_chunks_are_worked_off_in_a_moment(int size, double seconds, int expected) =>
        Assert.Equal(expected, ChunkSizer.Next(size, TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void The_largest_chunk_fills_a_batch_with_its_bookmark() =>
        Assert.Equal(SessionGate.MaxBatch, ChunkSizer.Most + 1);

    [Fact]
    public void Each_company_has_its_own_size()
    {
        var sizer = new ChunkSizer();
        sizer.WorkedOff(new CompanyId("slow"), TimeSpan.FromMinutes(1));
        sizer.WorkedOff(new CompanyId("quick"), TimeSpan.Zero);
        Assert.Equal(
            (12, 50, 25),
            (
                sizer.SizeFor(new CompanyId("slow")),
                sizer.SizeFor(new CompanyId("quick")),
                sizer.SizeFor(new CompanyId("new"))
            )
        );
    }
}
