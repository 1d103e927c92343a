using IntacctSync.Functions;

return await FunctionsHost.RunAsync(args, Console.Error);
