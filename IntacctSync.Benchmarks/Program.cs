Console.WriteLine("IntacctSync benchmarks");
