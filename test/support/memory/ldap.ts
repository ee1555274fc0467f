import type { Ldap } from '../../../shared/discover/ldap.ts';
import type { FailureCode } from '../../../shared/failures.ts';
import { done, fail } from '../../../shared/outcome.ts';
import type { LdapContents } from '../fake-ldap.ts';

export interface MemoryLdap extends Ldap {
  /** @param place `host:port` */
  readonly serve: (place: string, contents: LdapContents) => void;
  /** From now on connections are refused, or searches in the context that is named. */
  readonly break: (place: string, code: FailureCode, context?: string) => void;
  /** What was asked, in order: `place` or `place context mail`. */
  readonly asked: readonly string[];
  /** How many connections were not closed. */
  readonly connections: () => number;
}

/** LDAP servers in memory; where none is told of, nobody answers. */
export function memoryLdap(): MemoryLdap {
  const servers = new Map<string, LdapContents>();
  const broken = new Map<string, FailureCode>();
  const asked: string[] = [];
  let connections = 0;

  return {
    asked,
    connections: () => connections,
    serve: (place, contents) => void servers.set(place, contents),
    break: (place, code, context) =>
      void broken.set(context === undefined ? place : `${place} ${context}`, code),

    async open({ target, port }, within) {
      const place = `${target}:${port}`;
      asked.push(place);
      const code = broken.get(place);
      if (code) return fail(code);
      const contents = servers.get(place);
      if (!isOpenPort(port)) return fail('discover/ldap-blocked');
      if (!contents || within.aborted) return fail('discover/ldap-unreachable');
      const { contexts, entries } = contents;
      let open = true;
      connections += 1;

      return done({
        async namingContexts() {
          if (within.aborted) return fail('discover/ldap-unreachable');
          return contexts.length > 0 ? done(contexts) : fail('discover/ldap-malformed');
        },
        async certificates(context, mail) {
          asked.push(`${place} ${context} ${mail}`);
          const refusal = broken.get(`${place} ${context}`);
          if (refusal) return fail(refusal);
          if (within.aborted) return fail('discover/ldap-unreachable');
          return done(
            entries
              .filter((each) => each.context === context)
              .filter((each) => each.mail.toLowerCase() === mail.toLowerCase())
              .flatMap(({ certificates }) => certificates),
          );
        },
        async close() {
          if (open) connections -= 1;
          open = false;
        },
      });
    },
  };
}

const isOpenPort = (port: number): boolean => [80, 443, 389, 636].includes(port) || port > 1023;
