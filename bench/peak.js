// Preloaded into a measured process: says its peak memory as it ends.
process.on("exit", () => process.stderr.write(`peak-kib ${process.resourceUsage().maxRSS}\n`));
