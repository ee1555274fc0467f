/** Says how many milliseconds the import of the module takes that is named on the command line, and how many of a processor. */
const start = performance.now();
const before = process.cpuUsage();
await import(process.argv[2] ?? '');
const { user, system } = process.cpuUsage(before);
process.stdout.write(`${performance.now() - start} ${(user + system) / 1000}\n`);
