import type { PatientKey, RequestId } from '../../../ids.ts';
import { closedAt } from '../../../transmit-request/running.ts';
import type { TransmitRequest } from '../../../transmit-request/transmit-request.ts';
import { atVersion, consentHead, consentVersion } from '../consent-head.ts';
import { ALL, KEYS } from '../keys.ts';
import type { Table } from '../table.ts';
import { bodyOf, whole } from '../table/items.ts';
import { type AgingKind, removing } from './aging-kind.ts';

/** A request that is over, with all that was asked for by it. One that has copies still stays with them. */
export const REQUESTS: AgingKind = {
  async subject(item, table) {
    const request = bodyOf(item, 'request');
    const { patientKey, id } = request;
    const since = closedAt(request);
    const isNeeded = since === undefined || (await hasCopies(table, patientKey, id));
    return { patientKey, objects: [], ...(isNeeded ? {} : { since }) };
  },

  ending: async (item) => {
    const { patientKey, id } = bodyOf(item, 'request');
    return { writes: [removing(item)], deed: { patientKey, of: id, items: 1 } };
  },
};

const PAGE = 200;

async function hasCopies(table: Table, patient: PatientKey, id: RequestId): Promise<boolean> {
  const lines = ALL.lines(patient);
  for (let after: string | undefined; ;) {
    const page = await table.query({ ...lines, ...(after && { after }), limit: PAGE });
    if (page.some((item) => bodyOf(item, 'line').requestId === id)) return true;
    if (page.length < PAGE) return false;
    after = page.at(-1)?.sk;
  }
}

/** An answer to a consent text on which no request stands that is kept. */
export const CONSENTS: AgingKind = {
  async subject(item, table) {
    const { patientKey, id, at } = bodyOf(item, 'consent');
    const stands = (await requestsOf(table, patientKey)).some((each) => namesConsent(each, id));
    return { patientKey, objects: [], ...(stands ? {} : { since: at }) };
  },

  /** Whoever makes a request on it at this moment finds that the answers have changed. */
  async ending(item, table) {
    const { patientKey, id } = bodyOf(item, 'consent');
    const version = await consentVersion(table, patientKey);
    const head = await table.get(KEYS.requestHead(patientKey));
    const requests = head ? bodyOf(head, 'request-head').version : 0;
    if ((await requestsOf(table, patientKey)).some((each) => namesConsent(each, id))) {
      return undefined;
    }
    return {
      writes: [
        removing(item),
        { put: consentHead(patientKey, version + 1), when: atVersion(version) },
        { check: KEYS.requestHead(patientKey), when: atVersion(requests) },
      ],
      deed: { patientKey, of: id, items: 1 },
    };
  },
};

async function requestsOf(table: Table, patient: PatientKey): Promise<readonly TransmitRequest[]> {
  const items = await whole(table, ALL.requests(patient));
  return items.map((item) => bodyOf(item, 'request'));
}

const namesConsent = ({ directive, amendments = [] }: TransmitRequest, id: string): boolean =>
  [directive, ...amendments].some(({ consentId }) => consentId === id);
