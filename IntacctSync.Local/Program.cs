using IntacctSync.Local;

return await LocalHost.RunAsync(args, Console.Out, Console.Error);
