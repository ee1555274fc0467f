/** Stages that run on one machine; in every other, hosts of the inner network stay closed to what outsiders name. */
export const ON_ONE_MACHINE: readonly string[] = ['local', 'test'];

/** Stages in which nobody's record is sent. Every other one is production: what is weaker is acknowledged there. */
const WITHOUT_PATIENTS: readonly string[] = [...ON_ONE_MACHINE, 'sandbox'];

export const isOnOneMachine = (stage: string): boolean => ON_ONE_MACHINE.includes(stage);

export const isProduction = (stage: string): boolean => !WITHOUT_PATIENTS.includes(stage);
