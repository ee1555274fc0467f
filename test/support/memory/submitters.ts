import type { CircuitStore } from '../../../shared/deliver/circuit.ts';
import type { Posted } from '../../../shared/report/delivery/posted.ts';
import type { SubmitterListeningPorts } from '../../../shared/report/submitter/listening.ts';
import { memoryCircuitStore } from './circuit-store.ts';

export interface MemorySubmitters extends Pick<
  SubmitterListeningPorts,
  'settings' | 'postXdr' | 'circuitOf'
> {
  /** Everything that was posted, in its order. */
  readonly told: readonly { readonly url: string; readonly entity: Uint8Array }[];
  /** What all of them answer from now on. */
  readonly answer: (posted: Posted) => void;
}

/** Systems that send by XDR, by the subject of their tokens, and where they are told; each takes what it is told. */
export function memorySubmitters(
  reportTo: Readonly<Record<string, string>> = {},
): MemorySubmitters {
  const told: { url: string; entity: Uint8Array }[] = [];
  const circuits = new Map<string, CircuitStore>();
  let answer: Posted = { kind: 'answered', status: 200 };
  return {
    told,
    settings: {
      xdr: Object.entries(reportTo).map(([subject, url]) => ({
        subject,
        certificates: [],
        reportTo: url,
      })),
    },
    answer: (posted) => void (answer = posted),
    postXdr: async (url, entity) => {
      told.push({ url, entity });
      return answer;
    },
    circuitOf: (submitter) => {
      const circuit = circuits.get(submitter) ?? memoryCircuitStore();
      circuits.set(submitter, circuit);
      return circuit;
    },
  };
}
