/** Says how many milliseconds the import of the module takes that is named on the command line. */
const start = performance.now();
await import(process.argv[2] ?? '');
process.stdout.write(`${performance.now() - start}\n`);
