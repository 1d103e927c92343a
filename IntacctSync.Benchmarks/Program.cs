using IntacctSync.Benchmarks;

return await Measurements.RunAsync(args, TimeProvider.System, CancellationToken.None);
