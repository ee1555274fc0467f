import { smtpRelay } from '../../../shared/adapters/smtp-relay.ts';
import type { CredentialsFor } from '../../../shared/adapters/relay-secret.ts';
import type { Envelope, Receipt } from '../../../shared/deliver/relay.ts';
import { ruleOf } from '../../../shared/failures.ts';
import type { DirectAddress } from '../../../shared/ids.ts';
import type { Outcome } from '../../../shared/outcome.ts';
import { startScripted, type Script } from '../../adapters/smtp-relay-servers.ts';
import type { SuiteResult } from '../conformance/suite.ts';

/** What a hand-over comes to. */
export type Verdict = 'accepted' | 'retry' | 'failed' | 'uncertain';

export interface PhaseCase {
  readonly id: string;
  /** What the server does to the one message, or to the second over the same connection. */
  readonly script: Script;
  readonly isSecond?: boolean;
  readonly expected: string;
}

type Phase = 'greeting' | 'EHLO' | 'AUTH' | 'MAIL' | 'RCPT' | 'DATA' | 'message' | 'dot';

const OPENING: readonly Phase[] = ['greeting', 'EHLO'];
const ENVELOPE: readonly Phase[] = ['MAIL', 'RCPT', 'DATA'];
const BEFORE_THE_MESSAGE: readonly Phase[] = [...OPENING, 'AUTH', ...ENVELOPE];
const ALL: readonly Phase[] = [...BEFORE_THE_MESSAGE, 'message', 'dot'];

/** How a connection is lost, or as good as lost. */
const LOSSES = {
  'is closed': 'close',
  'is reset': 'reset',
  'falls silent': 'silence',
  'ends in half a yes': '|250 2.0.',
  'ends in half a no': '|550 5.1.1 n',
  'dribbles into silence': '250-and',
  'has a line without end': `250 ${'x'.repeat(1024 * 1024)}`,
} as const;

const LOST = 'retry deliver/unreachable';
const UNCERTAIN = 'uncertain deliver/unanswered';

const at = (phase: Phase, step: string): Script => ({
  EHLO: '250-test\r\n250 AUTH PLAIN',
  [phase]: step,
});

const lossAt = (phase: Phase): readonly PhaseCase[] =>
  Object.entries(LOSSES)
    // Bytes of no whole reply while the message flows are no reply yet, and a server may say 250 in many lines.
    .filter(([, step]) => phase !== 'message' || !step.startsWith('250-'))
    .map(([how, step]) => ({
      id: `${phase}: ${how}`,
      script: at(phase, step),
      expected: BEFORE_THE_MESSAGE.includes(phase) ? LOST : UNCERTAIN,
    }));

const reply = (phase: Phase, step: string, expected: string): PhaseCase => ({
  id: `${phase}: ${step}`,
  script: at(phase, step),
  expected,
});

const DEFERRED = 'retry deliver/deferred';
const NOT_AUTHORIZED = 'retry deliver/not-authorized';
const REFUSED = 'failed deliver/refused';

const REPLIES: readonly PhaseCase[] = [
  ...OPENING.map((phase) => reply(phase, '421 4.3.2 not now', LOST)),
  reply('greeting', '554 5.3.2 no mail here', LOST),
  reply('greeting', 'hello', LOST),
  // Then HELO is said (RFC 5321 3.2), after which nobody knows of AUTH.
  reply('AUTH', '421 4.3.2 not now', DEFERRED),
  reply('AUTH', '454 4.7.0 not now', DEFERRED),
  reply('AUTH', '432 4.7.12 a password is due', DEFERRED),
  reply('AUTH', '535 5.7.8 no', NOT_AUTHORIZED),
  reply('AUTH', '504 5.5.4 not so', NOT_AUTHORIZED),
  reply('AUTH', 'hello', NOT_AUTHORIZED),
  ...ENVELOPE.flatMap((phase) => [
    reply(phase, '421 4.3.2 not now', DEFERRED),
    reply(phase, '451 4.3.0 later', DEFERRED),
    reply(phase, '452 4.3.1 full', DEFERRED),
    reply(phase, '550 5.7.1 no', REFUSED),
    reply(phase, '530 5.7.0 who?', NOT_AUTHORIZED),
    reply(phase, 'hello', LOST),
    reply(phase, '199 what', LOST),
  ]),
  reply('MAIL', '552 5.3.4 too large', 'failed deliver/too-large'),
  reply('MAIL', '354 go on', LOST),
  reply('RCPT', '550 5.1.1 nobody', 'failed deliver/bad-mailbox'),
  reply('RCPT', '556 no mail there', 'failed deliver/bad-mailbox'),
  reply('RCPT', '552 5.2.2 full', 'failed deliver/mailbox-full'),
  reply('RCPT', '550 5.4.4 no route', 'failed deliver/no-way'),
  // What was said before the question is no answer to it.
  reply('RCPT', '250 ok\r\n354 go on', LOST),
  reply('DATA', '354 go on\r\n250 ok', LOST),
  reply('DATA', '250 ok', LOST),
  reply('message', '451 4.3.0 later', DEFERRED),
  reply('message', '552 5.3.4 too large', 'failed deliver/too-large'),
  reply('message', '250 2.0.0 taken already', UNCERTAIN),
  reply('message', 'hello', UNCERTAIN),
  reply('dot', '421 4.3.2 down', DEFERRED),
  reply('dot', '452 4.3.1 full', DEFERRED),
  reply('dot', '554 5.6.0 bad', REFUSED),
  reply('dot', '552 too large', 'failed deliver/too-large'),
  reply('dot', '250 2.0.0 taken', 'accepted'),
  reply('dot', '250-2.0.0\r\n250 taken', 'accepted'),
  reply('dot', '354 more?', UNCERTAIN),
  reply('dot', '199 what', UNCERTAIN),
  reply('dot', 'hello', UNCERTAIN),
];

const YES = { MAIL: '250 ok', RCPT: '250 ok', DATA: '354 go on' } as const;

/** Over a connection that was kept: it goes on over a new one, unless the message had begun. */
const SECOND: readonly PhaseCase[] = [
  ...(['RSET', 'MAIL', 'RCPT', 'DATA'] as const).flatMap((phase) =>
    ['close', 'reset', 'silence', '421 4.4.2 idle', 'hello'].map((step) => ({
      id: `second message, ${phase}: ${step}`,
      script: { [phase]: phase === 'RSET' ? step : [YES[phase], step] },
      isSecond: true,
      expected: 'accepted',
    })),
  ),
  ...(['message', 'dot'] as const).flatMap((phase) =>
    ['close', 'reset', 'silence'].map((step) => ({
      id: `second message, ${phase}: ${step}`,
      script: { [phase]: phase === 'dot' ? ['250 ok', step] : ['', step] },
      isSecond: true,
      expected: UNCERTAIN,
    })),
  ),
  {
    id: 'second message, RCPT: 550 5.1.1',
    script: { RCPT: ['250 ok', '550 5.1.1 nobody'] },
    isSecond: true,
    expected: 'failed deliver/bad-mailbox',
  },
];

/** Every way to lose a connection, and every class of reply, in every phase. */
export const PHASE_CASES: readonly PhaseCase[] = [...ALL.flatMap(lossAt), ...REPLIES, ...SECOND];

const credentials: CredentialsFor = async (host) => [{ host, user: 'me', password: 'secret' }];

/** Cases that end when patience does. */
const WAITS = /silen|half|dribbles/;

/** More than the buffers between here and a server hold: it can answer before it has all. */
const LONG_BYTES = 16 * 1024 * 1024;

const envelopeOf = (sizeBytes: number): Envelope => ({
  from: 'records@holder.example' as DirectAddress,
  to: 'dr.berg@clinic.example' as DirectAddress,
  bytes: Buffer.alloc(sizeBytes, `${'x'.repeat(76)}\r\n`),
});

/** @returns what it came to: the verdict, and the code unless the relay took it */
export async function runPhaseCase({ id, script, isSecond = false }: PhaseCase): Promise<string> {
  const server = await startScripted((connection) => (isSecond && connection > 0 ? {} : script));
  try {
    const needsAuth = script.EHLO?.includes('AUTH') ?? false;
    // Where somebody is waited for in vain, for not long; else for long enough on a machine that has much to do.
    const patienceSeconds = WAITS.test(id) ? 0.4 : 10;
    const relay = smtpRelay(`smtp://127.0.0.1:${server.port}`, {
      connectSeconds: patienceSeconds,
      silenceSeconds: patienceSeconds,
      ...(needsAuth && { credentials }),
    });
    if (isSecond) {
      const first = await relay.submit(envelopeOf(2000));
      if (!first.ok) return `the first message: ${first.failure.code}`;
    }
    const isEarlyReply = /^message: (\d|hello)/.test(id);
    const submitted = await relay.submit(envelopeOf(isEarlyReply ? LONG_BYTES : 2000));
    const mayHave = server.whole() - (isSecond ? 1 : 0);
    return [
      toldOf(submitted),
      ...(isWrong(submitted, mayHave, id) ? [`although it has ${mayHave}`] : []),
    ].join(' ');
  } finally {
    await server.close();
  }
}

function toldOf(submitted: Outcome<Receipt>): string {
  if (submitted.ok) return 'accepted';
  const { code } = submitted.failure;
  return `${verdictOf(submitted)} ${code}`;
}

export function verdictOf(submitted: Outcome<Receipt>): Verdict {
  if (submitted.ok) return 'accepted';
  const { code } = submitted.failure;
  if (code === 'deliver/unanswered') return 'uncertain';
  return ruleOf(code).retry ? 'retry' : 'failed';
}

/** What was taken once is there once; what is sure not to have been taken never came whole, unless it was refused then. */
const isWrong = (submitted: Outcome<Receipt>, whole: number, id: string): boolean =>
  submitted.ok ? whole !== 1 : verdictOf(submitted) !== 'uncertain' && whole > 0 && !/dot/.test(id);

/** What is made of a server in every phase of a session, one case after the other. */
export async function runSmtpPhases(): Promise<SuiteResult> {
  const failed: { id: string; expected: string; got: string }[] = [];
  for (const each of PHASE_CASES) {
    const got = await runPhaseCase(each);
    if (got !== each.expected) failed.push({ id: each.id, expected: each.expected, got });
  }
  const total = PHASE_CASES.length;
  return { passed: total - failed.length, total, notApplicable: 0, failed };
}
