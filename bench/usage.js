// Preloaded by NODE_OPTIONS into each process of a measured run: as it ends it adds a line of what it took to the file BENCH_USAGE.
const { appendFileSync } = require("node:fs");

const file = process.env.BENCH_USAGE;
if (file !== undefined)
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    const cpuSeconds = (userCPUTime + systemCPUTime) / 1e6;
    const line = { pid: process.pid, cpuSeconds, peakMb: maxRSS / 1024, wallSeconds: process.uptime() };
    appendFileSync(file, `${JSON.stringify(line)}\n`);
  });
