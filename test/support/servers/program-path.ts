/** The environment in which servers are found: they lie where the PATH of a person often does not go. */
export const WITH_SBIN = { ...process.env, PATH: `${process.env['PATH'] ?? ''}:/usr/sbin` };
