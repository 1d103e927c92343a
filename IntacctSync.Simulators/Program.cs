using System.CommandLine;
using IntacctSync.Simulators;

var root = new RootCommand("Faithful simulators of the services that IntacctSync talks to.");
foreach (var verb in SimulatorVerb.All)
    root.Subcommands.Add(ServeCommand.For(verb));
return await root.Parse(args).InvokeAsync();
