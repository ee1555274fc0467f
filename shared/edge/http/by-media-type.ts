import { fail } from '../../outcome.ts';
import { mediaTypeOf } from './body.ts';
import type { Action } from './call.ts';

/**
 * An action for each kind of content that a route takes, by media type in lower case, without parameters.
 *
 * @failure edge/unsupported-media
 */
export const byMediaType =
  (actions: Readonly<Record<string, Action>>): Action =>
  async (call) => {
    const { type } = mediaTypeOf(call.headers['content-type']);
    const action = Object.hasOwn(actions, type) ? actions[type] : undefined;
    return action === undefined ? fail('edge/unsupported-media') : action(call);
  };
