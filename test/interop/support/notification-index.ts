/** What the table of the collection says of one file, as far as it says anything. */
export interface Expectation {
  readonly kind: string;
  /** Without angle brackets and blanks; `none` when there is none. */
  readonly id?: string;
  readonly recipients?: readonly RecipientExpectation[];
}

interface RecipientExpectation {
  readonly address?: string;
  readonly disposition?: string;
  readonly final?: boolean;
  readonly action?: string;
  readonly status?: string;
  readonly outcome?: string;
}

/** Reads the words of a row, which are written for people. */
export function expectationOf(file: string, said: string): Expectation {
  const [folder = ''] = file.split('/');
  if (folder === 'ses-inbound' || folder === 'context') return { kind: 'message' };
  if (file.endsWith('.json')) return ofEvent(file, said);
  const [, form = '', words = ''] = /(?:^|; )\s*(mdn|dsn|arf|other): (.*)$/s.exec(said) ?? [];
  const about = { id: idIn(said) };
  switch (form) {
    case 'mdn':
      return { kind: 'mdn', ...about, recipients: [ofMdn(words, said)] };
    case 'dsn':
      return { kind: 'dsn', ...about, recipients: ofDsn(words.split(' ; orig=')[0] ?? '') };
    case 'arf':
      return { kind: 'complaint', ...about };
    case 'other':
      return { kind: /auto-reply/.test(said) ? 'auto-reply' : 'message', ...about };
    default:
      throw new Error(`Nothing is expected of ${file}`);
  }
}

/** Bounces made from one sample, of which the notes below the table say that each is a failure. */
const MADE_BOUNCE = { kind: 'ses-event', recipients: [{ outcome: 'failed' }] };

const OF_EVENTS: Readonly<Record<string, string>> = {
  Bounce: 'failed',
  Reject: 'failed',
  Delivery: 'delivered',
  DeliveryDelay: 'delayed',
  Complaint: 'none',
};

function ofEvent(file: string, said: string): Expectation {
  if (file.startsWith('synthetic/')) return MADE_BOUNCE;
  const [, type = ''] = /(?:event|notification)Type=(\w+)/.exec(said) ?? [];
  const [, id = ''] = /mail\.messageId=(\S+)/.exec(said) ?? [];
  const [, listed] = /recips=\[(.*?)\]/.exec(said) ?? [];
  const kind = type === 'Complaint' ? 'complaint' : 'ses-event';
  const outcome = OF_EVENTS[type] ?? 'none';
  const addresses = [...(listed ?? '').matchAll(/'([^']*)'/g)].map(([, address = '']) => address);
  return {
    kind,
    id,
    ...(listed !== undefined && {
      recipients: addresses.map((address) => ({ address, outcome })),
    }),
  };
}

function idIn(said: string): string {
  const [, words = ''] = /orig=([^;]*)/.exec(said) ?? [];
  const id = words.replace(/^(?:In-Reply-To|embedded) /, '').replaceAll(/[<>\s|]/g, '');
  return id === 'None' ? 'none' : id;
}

/** Only these change anything, and so do not those that are malformed. */
const DISPOSITIONS = ['processed', 'dispatched', 'failed'];

function ofMdn(words: string, said: string): RecipientExpectation {
  const [, disposition = '', recipient = ''] =
    /disposition=(.*?); final=(.*?) ?(?:; X-DIRECT.*)?; orig=/.exec(words) ?? [];
  const type = disposition.split(';')[1]?.trim() ?? '';
  const [address = 'none'] = /[\w.-]+@[\w.-]+/.exec(recipient) ?? [];
  const [, effect] = /EFFECT (\w+)/.exec(said) ?? [];
  const outcome = DISPOSITIONS.includes(type) ? type : 'none';
  if (effect !== undefined && DISPOSITIONS.includes(effect) && effect !== outcome) {
    throw new Error(`The table says two things: ${said}`);
  }
  return {
    address: address.toLowerCase(),
    disposition: type || 'none',
    final: words.includes('X-DIRECT-FINAL-DESTINATION-DELIVERY'),
    outcome,
  };
}

function ofDsn(words: string): readonly RecipientExpectation[] {
  if (words.trim() === '') return [];
  return words.split(' ¦ ').map((each) => {
    const [, address = '', action = '', status = ''] =
      /;\s*(\S+@\S+) action=(\w+|\(none\)).*? status=([\d.]+|\(none\))/.exec(each) ?? [];
    const said = { action: orNone(action), status: orNone(status) };
    return { address: address.toLowerCase(), ...said, outcome: said.action };
  });
}

const orNone = (word: string): string => (word === '(none)' ? 'none' : word);
