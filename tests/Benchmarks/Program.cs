using BenchmarkDotNet.Running;

BenchmarkSwitcher.FromAssembly(typeof(Benchmarks.ReadingToBytes).Assembly).Run(args.Length == 0 ? ["--filter", "*"] : args);
