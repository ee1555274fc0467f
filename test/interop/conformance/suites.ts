import { runBundles } from '../support/bundles.ts';
import { runDcdt2014, runDcdt2015 } from '../support/dcdt.ts';
import { runEtt } from '../support/ett.ts';
import { runFhirNotifications } from '../support/fhir-notifications.ts';
import { runHl7 } from '../support/hl7.ts';
import { runInterop } from '../support/interop.ts';
import { runLimbo } from '../support/limbo.ts';
import { runNotifications } from '../support/notifications.ts';
import { runOcsp } from '../support/ocsp.ts';
import { runOpenApi } from '../support/openapi.ts';
import { runSmtpPhases } from '../support/smtp-phases.ts';
import { runXdr } from '../support/xdr.ts';
import { all, mostAndNoFalseAccept, type Suite } from './suite.ts';

const SERVERS = ['shared', 'named', 'slapd'] as const;

/** What others have written down of how this should behave, in the order in which it is told. */
export const SUITES: readonly Suite[] = [
  { name: 'dcdt-2015', needs: SERVERS, run: runDcdt2015, shortfall: all },
  { name: 'dcdt-2014', needs: SERVERS, run: runDcdt2014, shortfall: all },
  {
    name: 'limbo',
    needs: ['shared'],
    run: runLimbo,
    shortfall: mostAndNoFalseAccept(0.98, (expected) => expected === 'FAILURE'),
  },
  { name: 'ocsp', needs: ['shared'], run: runOcsp, shortfall: all },
  { name: 'bundles', needs: ['shared'], run: runBundles, shortfall: all },
  { name: 'notifications', needs: ['shared'], run: runNotifications, shortfall: all },
  { name: 'ett', needs: ['shared', 'xmllint'], run: runEtt, shortfall: all },
  { name: 'smtp-phases', needs: [], run: runSmtpPhases, shortfall: all },
  // Other readers are left out where they are missing; openssl makes what ours is given.
  { name: 'interop', needs: ['openssl'], run: runInterop, shortfall: all },
  { name: 'xdr', needs: ['shared', 'xmllint'], run: runXdr, shortfall: all },
  { name: 'hl7', needs: [], run: runHl7, shortfall: all },
  { name: 'fhir-notifications', needs: [], run: runFhirNotifications, shortfall: all },
  { name: 'openapi', needs: ['java'], run: runOpenApi, shortfall: all },
];
