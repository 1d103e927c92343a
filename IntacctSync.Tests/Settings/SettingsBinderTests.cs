using IntacctSync.Core.Settings;
using Microsoft.Extensions.Configuration;

namespace IntacctSync.Tests.Settings;

public sealed class SettingsBinderTests
{
    [Fact]
    public void Each_property_that_names_a_key_is_read_as_its_type()
    {
        var read = Read(
            ("Some:Count", "7"),
            ("Some:Pause", "00:00:05"),
            ("Some:On", "true"),
            ("Some:Word", "fast"),
            ("Some:Place", "http://127.0.0.1/")
        );
        Assert.Equal(
            (7, TimeSpan.FromSeconds(5), true, "fast", new Uri("http://127.0.0.1/")),
            (read.Count, read.Pause, read.On, read.Word, read.Place)
        );
    }

    [Fact]
    public void A_key_that_is_not_set_and_one_that_is_empty_keep_the_default()
    {
        Assert.Equal(3, Read().Count);
        Assert.Equal((3, "slow"), (Read(("Some:Count", ""), ("Some:Word", "")).Count, Read(("Some:Word", "")).Word));
    }

    [Fact]
    public void An_empty_value_counts_where_the_setting_says_so() => Assert.Equal("", Read(("Some:Text", "")).Text);

    [Fact]
    public void A_property_that_names_no_key_is_left_alone() => Assert.Equal("own", Read(("Some:Other", "x")).Other);

    [Fact]
    public void Every_value_that_can_not_be_read_keeps_its_default_and_is_named_with_what_is_allowed()
    {
        var wrong = new[] { ("Some:Count", "many"), ("Some:Pause", "long"), ("Some:On", "perhaps") };
        Assert.Equal((3, TimeSpan.FromSeconds(1), false), (Read(wrong).Count, Read(wrong).Pause, Read(wrong).On));
        Assert.Equal(
            [
                "Some:Count is 'many'; allowed is a whole number from 1 to 9.",
                "Some:Pause is 'long'; allowed is a time span from 00:00:01 to 00:01:00, written as 00:00:01.",
                "Some:On is 'perhaps'; allowed is true or false.",
            ],
            Binder(wrong).Validate(null, new SomeOptions()).Failures!
        );
        Assert.True(Binder(("Some:Count", "7")).Validate(null, new SomeOptions()).Succeeded);
    }

    [Fact]
    public void Without_a_configuration_everything_is_as_by_default()
    {
        var options = new SomeOptions();
        new SettingsBinder<SomeOptions>().Configure(options);
        Assert.Equal(3, options.Count);
    }

    private static SomeOptions Read(params (string Key, string Value)[] values)
    {
        var options = new SomeOptions();
        Binder(values).Configure(options);
        return options;
    }

    private static SettingsBinder<SomeOptions> Binder(params (string Key, string Value)[] values) =>
        new(
            new ConfigurationBuilder()
                .AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value)))
                .Build()
        );

    private sealed class SomeOptions
    {
        [WholeNumberSetting("Some:Count", 1, 9)]
        public int Count { get; set; } = 3;

        [TimeSpanSetting("Some:Pause", "00:00:01", "00:01:00", "00:00:01")]
        public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

        [FlagSetting("Some:On")]
        public bool On { get; set; }

        [WordSetting("Some:Word", "fast", "slow")]
        public string Word { get; set; } = "slow";

        [HttpAddressSetting("Some:Place", "an address")]
        public Uri? Place { get; set; }

        [Setting("Some:Text", "a text", EmptyCounts = true)]
        public string Text { get; set; } = "given";

        public string Other { get; set; } = "own";
    }
}
