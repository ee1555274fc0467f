import type { Outcome } from '../outcome.ts';
import type { Transmission } from '../transmission/transmission.ts';
import { prepareClear, prepareXdr } from './prepare/prepare-for-hisp.ts';
import { prepareSealed } from './prepare/prepare-sealed.ts';
import type { Prepared, PreparePorts } from './prepare/prepared.ts';
import type { Form } from './relay.ts';

type Prepare = (
  transmission: Transmission,
  attempt: number,
  ports: PreparePorts,
) => Promise<Outcome<Prepared>>;

const IN_FORM: Readonly<Record<Form, Prepare>> = {
  sealed: prepareSealed,
  clear: prepareClear,
  xdr: prepareXdr,
};

/**
 * Makes the message of one attempt, in the form that the relay wants.
 *
 * @failure discover/*, trust/*, transmit-request/unknown-sender, patient/unknown, record/none, record/unchecked,
 *   record/held, record/excluded, package/too-large, package/failed-check, secure/no-identity, secure/unusable-key,
 *   deliver/too-large
 */
export const prepare: Prepare = (transmission, attempt, ports) =>
  IN_FORM[ports.relay.form](transmission, attempt, ports);
