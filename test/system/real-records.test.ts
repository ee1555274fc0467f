import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fileFlow } from '../../infra/local/demo/flows.ts';
import { progressTo } from '../../infra/local/demo/progress.ts';
import { verdictOn } from '../../infra/local/demo/verdict.ts';
import { startLocalSystem, type LocalSystem } from '../../infra/local/local-system.ts';
import { patientOfDocument } from '../../infra/local/sample/patient-of-document.ts';
import { checkClinicalDocument } from '../../shared/record/intake.ts';
import { describeWith, SHARED } from '../support/needs.ts';

const SILENT = progressTo(new PassThrough().resume());

/** What `npm run demo -- --record FILE` does, on one system for all files. */
describeWith(['java', 'shared', 'time'], 'a real record', () => {
  let system: LocalSystem;
  beforeAll(async () => {
    system = await startLocalSystem({ minuteLastsSeconds: 1 });
  }, 150_000);
  afterAll(() => system?.close(), 30_000);

  test.each(['hl7ex_CCD.xml', 'r21_allscripts_2.2MB_bom.xml'])(
    'ends delivered, and arrives byte for byte: %s',
    async (name) => {
      const bytes = readFileSync(join(SHARED, 'vectors/ccda', name));
      const checked = checkClinicalDocument(bytes);
      if (!checked.ok) throw new Error(checked.failure.code);
      const patient = { ...patientOfDocument(checked.value.header), id: name };

      const copies = await fileFlow(system, patient, bytes, SILENT);

      expect(copies).toHaveLength(1);
      expect(verdictOn(copies).status).toBe('delivered');
      const { opened, problems } = system.partner.received.at(-1) ?? {};
      expect(problems).toEqual([]);
      const [document] = opened?.xdm?.documents ?? [];
      expect(Buffer.compare(document?.bytes ?? new Uint8Array(), bytes)).toBe(0);
    },
    150_000,
  );
});
