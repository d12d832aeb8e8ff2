import { writeFileSync } from "node:fs";

/* Loaded before a program whose memory is measured: notes, at its end, the most bytes that it ever had. */
process.on("exit", () => {
  const file = process.env.GEN_DEPLOY_BENCH_PEAK;
  if (file !== undefined) writeFileSync(file, String(process.resourceUsage().maxRSS * 1024));
});
