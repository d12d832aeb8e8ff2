import type { Reporter, TestModule } from "vitest/node";

/**
 * Prints `N passed, N failed` as the last line of a run, with `, N skipped` where some were. A file that could not be
 * read and an error outside of any test count as failures: the line never looks better than the exit status.
 */
export function summaryReporter(): Reporter {
  return {
    onTestRunEnd(modules, unhandledErrors): void {
      const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
      for (const module of modules) count(module, counts);
      const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : "";
      process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
    },
  };
}

function count(module: TestModule, counts: { passed: number; failed: number; skipped: number }): void {
  let failed = 0;
  for (const test of module.children.allTests()) {
    const { state } = test.result();
    if (state === "passed") counts.passed += 1;
    else if (state === "skipped") counts.skipped += 1;
    else failed += 1;
  }
  counts.failed += failed === 0 && module.state() === "failed" ? 1 : failed;
}
