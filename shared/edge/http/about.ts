import type { Outcome } from '../../outcome.ts';
import type { Answer, Call } from './call.ts';

/** What a function does about something that the path of a call names, with whatever body the call has. */
export type ActionAbout<
  Ports,
  Found,
  Body extends readonly unknown[] = [],
  C extends Call = Call,
> = (ports: Ports, found: Found, call: C, ...body: Body) => Promise<Outcome<Answer>>;

/** Makes actions that first find what the path names; when it is not there, that is the answer. */
export const about =
  <Ports, Found, Least extends Call = Call>(
    ports: Ports,
    find: (call: Least) => Promise<Outcome<Found>>,
  ) =>
  <Body extends readonly unknown[], C extends Least>(run: ActionAbout<Ports, Found, Body, C>) =>
  async (call: C, ...body: Body): Promise<Outcome<Answer>> => {
    const found = await find(call);
    return found.ok ? run(ports, found.value, call, ...body) : found;
  };
