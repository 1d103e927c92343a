using System.Globalization;
using IntacctSync.Simulators.Intacct.Gateway;
using IntacctSync.Simulators.Intacct.Records;
using IntacctSync.Simulators.Intacct.Rules;
using IntacctSync.Simulators.Intacct.Settings;

namespace IntacctSync.Simulators.Intacct;

/// <summary>
/// A company with its books. What is done here in code is done as a person in Intacct's own pages would: by the same
/// rules, counted nowhere.
/// </summary>
public sealed class IntacctCompany
{
    private readonly IntacctSimulatorOptions _options;
    private readonly TimeProvider _clock;

    internal IntacctCompany(SimulatedCompany setup, IntacctSimulatorOptions options, TimeProvider clock)
    {
        Setup = setup;
        _options = options;
        _clock = clock;
        Screens = new IntacctScreens(this);
        Begin();
    }

    public SimulatedCompany Setup { get; }

    public string Id => Setup.CompanyId;

    /// <summary>Payments, and what else a person does that is more than changing a record.</summary>
    public IntacctScreens Screens { get; }

    public TransactionCounters Counters { get; } = new();

    /// <summary>Most requests that were in flight at once, refused ones included.</summary>
    public int MaxConcurrencySeen => Requests.MaxSeen;

    /// <summary>
    /// Fields that a create or update named and the object does not have; Intacct passes over them in silence.
    /// </summary>
    public IReadOnlyCollection<string> IgnoredFields
    {
        get
        {
            lock (Lock)
                return [.. Ignored];
        }
    }

    internal Lock Lock { get; } = new();

    internal Books Books { get; private set; } = new();

    internal ConcurrencyGate Requests { get; } = new();

    internal HashSet<string> ExecutedControlIds { get; } = new(StringComparer.Ordinal);

    internal SortedSet<string> Ignored { get; } = new(StringComparer.Ordinal);

    internal HashSet<string> Denied { get; } = new(StringComparer.OrdinalIgnoreCase);

    internal List<string> DeniedCalls { get; } = [];

    /// <summary>Where the order without orderby comes from.</summary>
    internal Random Random { get; private set; } = new(0);

    internal Functions.ResultSets Results { get; private set; } = new();

    /// <summary>Takes a permission from a user.</summary>
    /// <param name="userId">The user.</param>
    /// <param name="kind">The object; <c>*</c> = all.</param>
    /// <param name="operation"> <c>CREATE</c>, <c>UPDATE</c>, <c>DELETE</c>, <c>READ</c>, <c>READ_BY_NAME</c>,
    /// <c>READ_BY_QUERY</c>, <c>QUERY</c>, <c>PRINT</c>; <c>*</c> = all.
    /// </param>
    public void Deny(string userId, string kind, string operation = "*")
    {
        lock (Lock)
            Denied.Add($"{userId}/{kind}/{operation}");
    }

    /// <summary>Gives back what <see cref="Deny"/> took, from all users.</summary>
    public void AllowAll()
    {
        lock (Lock)
            Denied.Clear();
    }

    /// <summary>Each call that a user lacked the permission for, as <c>user/object/operation</c>, in order.</summary>
    public IReadOnlyList<string> Denials
    {
        get
        {
            lock (Lock)
                return [.. DeniedCalls];
        }
    }

    /// <summary>
    /// The records of an object, by number; nested names are dotted, instants ISO 8601 in UTC, and a customer shows its
    /// display contact.
    /// </summary>
    /// <exception cref="ArgumentException">There is no such object.</exception>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Records(string kind)
    {
        lock (Lock)
            return
            [
                .. Table(kind)
                    .Rows(null)
                    .OrderBy(r => r.RecordNo)
                    .Select(r => RecordView.Of(Books, Table(kind).Definition, r)),
            ];
    }

    /// <summary>A record by its name field or RECORDNO; null where there is none.</summary>
    public IReadOnlyDictionary<string, string>? Record(string kind, string key)
    {
        lock (Lock)
            return Find(kind, key) is { } record ? RecordView.Of(Books, Table(kind).Definition, record) : null;
    }

    /// <summary>Adds a record.</summary>
    /// <returns>Its RECORDNO.</returns>
    public int Add(string kind, IReadOnlyDictionary<string, string> fields) =>
        Change(context => RulesOf(kind).Create(context, FieldValues.Of(fields)).RecordNo);

    /// <summary>Changes the fields named, by dotted names; WHENMODIFIED becomes now.</summary>
    /// <exception cref="ArgumentException">There is no such record.</exception>
    public void Edit(string kind, string key, IReadOnlyDictionary<string, string> fields)
    {
        var values = FieldValues.Of(fields);
        values["RECORDNO"] = Number(kind, key);
        Change(context => RulesOf(kind).Update(context, values).RecordNo);
    }

    /// <summary>Deletes a record.</summary>
    /// <exception cref="ArgumentException">There is no such record.</exception>
    public void Remove(string kind, string key) =>
        Change(context =>
        {
            RulesOf(kind).Delete(context, Number(kind, key));
            return 0;
        });

    internal void Begin()
    {
        lock (Lock)
        {
            Books = new Books();
            Results = new Functions.ResultSets();
            Random = new Random(_options.Seed);
            ExecutedControlIds.Clear();
            Ignored.Clear();
            Denied.Clear();
            DeniedCalls.Clear();
            Counters.Clear();
            Requests.Forget();
            var stamp = Stamp(new SimulatedUser("admin", ""), "", "system");
            foreach (var (application, preference, value) in Setup.Preferences)
                Books.Insert(
                    Books["COMPANYPREF"],
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["APPLICATION"] = application,
                        ["PREFERENCE"] = preference,
                        ["PREFVALUE"] = value,
                    },
                    stamp
                );
            foreach (var definition in Setup.TransactionDefinitions)
                Books.Insert(
                    Books["SODOCUMENTPARAMS"],
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["DOCID"] = definition.Name,
                        ["STATUS"] = "active",
                    },
                    stamp
                );
            foreach (var (number, type) in Setup.RateTypes.Index())
                Books.Insert(
                    Books["EXCHANGERATETYPES"],
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["ID"] = (number + 1).ToString(CultureInfo.InvariantCulture),
                        ["NAME"] = type,
                        ["ISDEFAULT"] = "false",
                    },
                    stamp
                );
            foreach (var account in Setup.CheckingAccounts)
                Books.Insert(
                    Books["CHECKINGACCOUNT"],
                    new Dictionary<string, string>(StringComparer.Ordinal)
                    {
                        ["BANKACCOUNTID"] = account,
                        ["BANKNAME"] = account,
                        ["CURRENCY"] = Setup.BaseCurrency,
                        ["STATUS"] = "active",
                    },
                    stamp
                );
            Books.ClosedThrough = Setup.BooksClosedThrough;
            if (_options.SampleData)
                IntacctSamples.Fill(new WriteContext(Books, stamp, _options, Ignored, Setup));
            Books.Commit();
        }
    }

    internal Stamp Stamp(SimulatedUser user, string entity, string source)
    {
        var now = _clock.GetUtcNow();
        return new Stamp(
            now.AddTicks(-(now.Ticks % TimeSpan.TicksPerSecond)),
            user.UserId,
            user.RecordNo,
            entity,
            source,
            _options.NullWhenModified,
            _options.VisibilityDelay > TimeSpan.Zero
        );
    }

    /// <summary>Does what a person does; what is refused leaves nothing behind.</summary>
    internal T Change<T>(Func<WriteContext, T> change)
    {
        lock (Lock)
        {
            try
            {
                return change(
                    new WriteContext(Books, Stamp(new SimulatedUser("admin", ""), "", "ui"), _options, Ignored, Setup)
                );
            }
            catch
            {
                Books.RollBack(0);
                throw;
            }
            finally
            {
                Books.Commit();
            }
        }
    }

    private RecordTable Table(string kind) =>
        Books.Table(kind) ?? throw new ArgumentException($"There is no object named '{kind}'.", nameof(kind));

    private StoredRecord? Find(string kind, string key) =>
        Table(kind).Find(key)
        ?? (
            int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? Table(kind).Find(number)
                : null
        );

    private string Number(string kind, string key) =>
        Find(kind, key)?.RecordNo.ToString(CultureInfo.InvariantCulture)
        ?? throw new ArgumentException($"There is no {kind} '{key}'.", nameof(key));

    private static IObjectRules RulesOf(string kind) =>
        ObjectRules.Of(kind) ?? throw new ArgumentException($"Records of '{kind}' can't be written.", nameof(kind));
}
