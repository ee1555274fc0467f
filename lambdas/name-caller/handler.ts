import {
  type KindScopes,
  nameCaller,
  type Naming,
  type TokenAsked,
} from '../../shared/edge/identity/name-caller.ts';
import type { Log } from '../../shared/log.ts';

export interface NameCallerPorts {
  readonly scopes: KindScopes;
  readonly log: Log;
}

/** The event, answered: a user pool takes what is laid over the token from the event that it sent. */
type Answered<Event extends TokenAsked> = Omit<Event, 'response'> & {
  readonly response: {
    readonly claimsAndScopeOverrideDetails: { readonly accessTokenGeneration: Naming };
  };
};

/** Asked by the user pool before each access token, also when one is refreshed. Without an answer there is no token. */
export const makeHandler =
  ({ scopes, log }: NameCallerPorts) =>
  async <Event extends TokenAsked>(event: Event): Promise<Answered<Event>> => {
    const accessTokenGeneration = nameCaller(event, scopes);
    const isNobody = Object.keys(accessTokenGeneration.claimsToAddOrOverride).length === 0;
    if (isNobody) log.info('caller-unnamed');
    return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
  };
