import { ACCOUNT, REGION } from '../../assembly/physical.ts';
import type { Call } from '../statement.ts';
import { COMMON_CONTEXT, type ReadCalls } from './asked.ts';

const arn = (resource: string): string => `arn:aws:ses:${REGION}:${ACCOUNT}:${resource}`;

/**
 * SES of API version 2010-12-01, whose requests are forms. Sending needs leave for the identity and for the configuration
 * set; all else is of the account, which has no smaller resource.
 *
 * @param identities of the templates; a sender without one of its own sends by that of its domain
 */
export const sesCalls =
  (identities: readonly string[]): ReadCalls =>
  ({ body }) => {
    const form = new URLSearchParams(body);
    const action = `ses:${form.get('Action') ?? ''}`;
    if (action !== 'ses:SendRawEmail') return [{ action, resource: '*', context: COMMON_CONTEXT }];
    const source = form.get('Source') ?? '';
    const identity = identities.includes(source) ? source : (source.split('@').at(-1) ?? '');
    const set = form.get('ConfigurationSetName');
    const context = { ...COMMON_CONTEXT, 'ses:FromAddress': [source] };
    const resources = [`identity/${identity}`, ...(set ? [`configuration-set/${set}`] : [])];
    return resources.map((each): Call => ({ action, resource: arn(each), context }));
  };
