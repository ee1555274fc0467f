import { judge } from '../../../../infra/local/partner/judge.ts';
import { readCertificate } from '../../../../shared/trust/certificate.ts';
import { READS, type EquippedReader } from '../reader.ts';
import type { Readership, SentMessage } from '../sent-message.ts';

/** The partner of the local system, which refuses what the reference implementation refuses. */
export function strictPartner({ reader, anchor }: Readership): EquippedReader {
  const trusted = readCertificate(anchor.certificate);
  if (!trusted.ok) throw new Error('The anchor is no certificate');
  const ports = {
    mode: 'strict' as const,
    identity: reader,
    anchors: [trusted.value],
    now: () => new Date(),
  } as const;
  return {
    read: async ({ envelope, documents }: SentMessage) => {
      const { from: mailFrom, to } = envelope;
      const got = await judge(envelope.bytes, { mailFrom, recipients: [to] }, ports);
      const [problem] = got.problems;
      if (problem !== undefined) return problem;
      const inside = new Map(
        got.opened?.xdm?.entries.map(({ name, bytes }) => [name.split('/').at(-1), bytes]),
      );
      const isThere = ([name, bytes]: [string, Uint8Array]): boolean =>
        Buffer.compare(inside.get(name) ?? new Uint8Array(), bytes) === 0;
      return [...documents].every(isThere) ? READS : 'other documents';
    },
    remove: () => undefined,
  };
}
