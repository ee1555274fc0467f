/**
 * Milliseconds of the processor, so that others who work on this machine do not count; the least of three, for a cold
 * start and a collection of garbage are nobody's attack.
 */
export const cpuMsOf = (work: () => unknown): number =>
  Math.min(
    ...[1, 2, 3].map(() => {
      const before = process.cpuUsage();
      work();
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1000;
    }),
  );
